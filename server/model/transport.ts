/** The fetch that reaches a model server: it waits as long as a cold load takes, and follows no redirect. */
import { Agent, fetch as undiciFetch } from 'undici'

/**
 * undici's default limits of 300 s on headers and body end a cold load: Ollama sends its headers with the first token. They
 * are off here; the callers keep time. undici's own fetch is used, since a dispatcher of one undici version does not work
 * with the fetch of another (Node brings its own). A redirect would carry the prompt, and maybe the key, to another host.
 */
const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })

/**
 * A fetch for JSON requests; the answer is Node's own Response, which is what the openai package is typed for.
 * @throws TypeError as fetch does, with the reason as `cause`
 */
export async function modelFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const url = input instanceof Request ? input.url : input
  const answer = await undiciFetch(url, {
    method: init.method ?? 'GET',
    headers: [...new Headers(init.headers)],
    body: typeof init.body === 'string' ? init.body : null,
    signal: init.signal ?? null,
    redirect: 'error',
    dispatcher,
  })
  // Always so, but the two declarations of the class differ.
  const body = answer.body instanceof ReadableStream ? answer.body : null
  return new Response(body, { status: answer.status, statusText: answer.statusText, headers: [...answer.headers] })
}
