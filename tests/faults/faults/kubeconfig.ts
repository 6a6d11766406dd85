/** The assistant's kubeconfig is unusable for a while, or points to another cluster. */
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { sharedCluster } from '../cluster'
import type { Fault, Outcome, Scene } from '../fault'
import { openLink } from '../link'
import type { Link } from '../link'
import { isGood, toldOf } from '../page'
import { outcomeOf, question, recover } from '../recovery'
import { KUBERNETES_MCP_SERVER_STDIO, OWN_SOCKET } from '../servers'
import type { Way } from '../servers'

interface Break {
  what: string
  /** The file's new text; undefined: the file is missing. */
  broken: (text: string) => string | undefined
  /** Does not affect the assistant's own context. */
  isHarmless?: true
}

const configSchema = z.looseObject({ contexts: z.array(z.unknown()), clusters: z.array(z.unknown()) })

/** The current context is an unreachable cluster, as after `kubectl config use-context`. */
function elsewhere(text: string): string {
  const config = configSchema.parse(parse(text))
  const users = [{ name: 'elsewhere', user: {} }]
  const context = { name: 'elsewhere', context: { cluster: 'elsewhere', user: 'elsewhere' } }
  return stringify({
    ...config,
    clusters: [...config.clusters, { name: 'elsewhere', cluster: { server: 'http://127.0.0.1:1' } }],
    contexts: [...config.contexts, context],
    users: [...z.object({ users: z.array(z.unknown()) }).parse(config).users, ...users],
    'current-context': 'elsewhere',
  })
}

const BREAKS: Break[] = [
  { what: 'half written', broken: (text) => text.slice(0, text.length / 2) },
  { what: 'empty', broken: () => '' },
  { what: 'gone', broken: () => undefined },
  { what: 'on another context', broken: elsewhere, isHarmless: true },
]

/** Time until a good answer after the repair, in milliseconds. */
const LIMIT_MS = 2000

export const kubeconfig: Fault[] = [OWN_SOCKET, KUBERNETES_MCP_SERVER_STDIO].flatMap((way) =>
  BREAKS.map((each) => ({
    name: `kubeconfig ${each.what}`,
    transport: way.transport,
    limitMs: LIMIT_MS,
    setUp: () => scene(way, each),
  })),
)

async function scene(way: Way, each: Break): Promise<Scene> {
  const cluster = await sharedCluster()
  const folder = await mkdtemp(join(tmpdir(), 'faults-kubeconfig-'))
  const file = join(folder, 'config')
  const text = await readFile(cluster.kubeconfig, 'utf8')
  // Atomically, as kubectl writes it.
  const write = async (content: string) => {
    await writeFile(`${file}.new`, content, { mode: 0o600 })
    await rename(`${file}.new`, file)
  }
  await write(text)
  const link = await openLink(way, file)
  return {
    run: async () => {
      const broken = each.broken(text)
      if (broken === undefined) await rm(file)
      else await write(broken)
      return await run(link, each, () => write(text))
    },
    close: async () => {
      await link.close()
      await rm(folder, { recursive: true })
    },
  }
}

async function run({ page, model }: Link, { isHarmless }: Break, mend: () => Promise<void>): Promise<Outcome> {
  const seen = await page.ask(question()).seen
  await mend()
  const outcome = outcomeOf(seen, toldOf(seen), await recover(page, model))
  if (!isHarmless || isGood(seen)) return outcome
  return { ...outcome, problem: [outcome.problem, `it was not answered: ${toldOf(seen)}`].filter(Boolean).join('\n') }
}
