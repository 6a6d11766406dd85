/** The minimal process between client and model: a `node:http` server that forwards bytes. Prints its port as JSON. */
import { Agent, createServer, request as send } from 'node:http'

const model = new URL(process.env.MODEL_URL ?? '')
const agent = new Agent({ keepAlive: true })

const server = createServer((request, response) => {
  const { method, url: path, headers } = request
  const forward = send({ host: model.hostname, port: model.port, method, path, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  forward.once('error', () => response.destroy())
  response.once('close', () => response.writableFinished || forward.destroy())
  request.pipe(forward)
})
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address())))
