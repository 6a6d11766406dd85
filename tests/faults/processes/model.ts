/**
 * The model server as a separate process to kill. With MODEL_HOLD it stops while answering a question that says "break"
 * and prints `holding`: `first`, before the first token; `text`, in mid-text; `call`, inside a tool call's arguments.
 */
import { readTurn } from '@k8s-ai-assistant/demo-model/question'
import { answer, createGate, startReplayServer } from '../../support/ollama'
import { OWN } from '../../support/tool-names'
import { listPods, violationsOf } from '../model'

const gate = createGate()
const HOLDS = {
  first: answer.hold(gate),
  text: answer.text('Half an ').hold(gate),
  call: answer.reasoning('The pods.').fragmentedCall(OWN.listPods[0], ['{"resource']).hold(gate),
}

const held = Object.entries(HOLDS).find(([name]) => name === process.env.MODEL_HOLD)?.[1]
const list = listPods(OWN)
const replay = await startReplayServer({ port: Number(process.env.PORT), contextLength: 32_768 })
replay.onRequest((request) => {
  const violations = violationsOf(request)
  if (violations.length > 0) return answer.error(400, violations.join(', '), 'invalid_request_error')
  return held && readTurn(request).question.includes('break') ? held : list(request)
})
void gate.reached.then(() => console.log('holding'))
console.log('listening')
