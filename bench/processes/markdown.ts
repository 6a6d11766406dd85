/** A typical model answer: paragraphs, lists, a table, code. A token is a word or a part of one. */

const SECTIONS = [
  '## What I found in namespace `shop`\n\n',
  'The deployment **cart** is not healthy: its only pod restarts again and again. The last lines of its log say that it ',
  'cannot reach `cart-redis:6379`, and there is no service of that name in the namespace. Everything else is *running*, ',
  'with all containers ready and no restarts within the last hour.\n\n',
  '- **cart**: 0 of 1 ready, 214 restarts, last exit code 1\n- **web**: 3 of 3 ready, no restarts\n',
  '- **checkout**: 2 of 2 ready\n  - one pod was moved from `worker-1` to `worker-2` yesterday\n\n',
  '1. Look at the events of the pod.\n2. Compare the name of the service with the variable `REDIS_HOST`.\n',
  '3. Correct it in the deployment.\n\n',
  '| Pod | Ready | Status | Restarts | Node |\n| --- | --- | --- | ---: | --- |\n',
  '| cart-694bc7cd75-98wzg | 0/1 | CrashLoopBackOff | 214 | worker-1 |\n',
  '| web-5d9f8c7b6d-2xk4p | 1/1 | Running | 0 | worker-1 |\n| web-5d9f8c7b6d-7hq9s | 1/1 | Running | 0 | worker-2 |\n\n',
  '```yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: cart-redis\n  namespace: shop\nspec:\n  selector:\n',
  '    app: redis\n  ports:\n    - port: 6379\n      targetPort: 6379\n```\n\n',
  'With that service in place the pod finds its database at its next start, which comes **within five minutes**, since the ',
  'pause between two restarts is no longer than that. Nothing else has to be changed.\n\n',
]

/** About the size of a token in a large vocabulary. */
const TOKEN = /\s*\S{1,6}\s?/g

/** @param count number of tokens; the text repeats */
export function markdownTokens(count: number): string[] {
  const once = SECTIONS.join('').match(TOKEN) ?? []
  return Array.from({ length: count }, (_, at) => once[at % once.length] ?? '')
}
