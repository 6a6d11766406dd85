/** Assembles a writing Helm tool. */
import { msg } from '../../../shared/messages/create'
import type { WriteArguments, WriteContext } from '../../changes/types'
import { KubeError } from '../../kubernetes/errors/errors'
import type { HelmConfig } from '../program/config'
import { findHelm } from '../program/find'
import { helmArgumentsSchema, readHelmArguments } from './arguments'
import { planOf } from './plan'
import { prepare } from './prepare'
import type { HelmVerb } from './prepare'
import { runPrepared } from './run'
import { HelmSession } from './session'
import type { Approved, HelmChangeTool, HelmOutcome, HelmPlan } from './types'

export interface HelmToolText {
  verb: HelmVerb
  description: string
  properties: Record<string, object>
  required?: string[]
}

export function helmChangeTool(config: HelmConfig, { verb, ...text }: HelmToolText): HelmChangeTool {
  const about = { name: `helm_${verb}`, ...text }
  return {
    kind: 'helm',
    ...about,
    problem: () => problemOf(config),
    read: (raw) => ({ ...readHelmArguments(raw, about) }),
    plan: async (args, context): Promise<HelmPlan> => {
      const session = await HelmSession.open({ config, ...context })
      try {
        return await planOf(await prepare(verb, checked(args), session, context), context, session.program.major)
      } finally {
        await session.close()
      }
    },
    run: (args, expected, context) => run(config, verb, args, expected, context),
  }
}

async function problemOf(config: HelmConfig): Promise<string | undefined> {
  try {
    await findHelm(config)
    return undefined
  } catch (error) {
    if (error instanceof KubeError) return error.message
    throw error
  }
}

async function run(
  config: HelmConfig,
  verb: HelmVerb,
  args: WriteArguments,
  { digest, identity }: Approved,
  context: WriteContext,
): Promise<HelmOutcome> {
  const session = await HelmSession.open({ config, ...context })
  let lasting: Promise<unknown> | undefined
  try {
    const prepared = await prepare(verb, checked(args), session, context)
    const plan = await planOf(prepared, context, session.program.major)
    if (plan.digest !== digest) return { status: 'changed', objects: [], notes: [], plan }
    return await runPrepared(prepared, plan, identity, session, context, (end) => (lasting = end))
  } finally {
    const close = () => session.close()
    if (lasting) void lasting.catch(() => undefined).then(close, close)
    else await close()
  }
}

function checked(args: WriteArguments) {
  const parsed = helmArgumentsSchema.safeParse(args)
  if (parsed.success) return parsed.data
  throw new KubeError('invalid-arguments', msg('arguments-form'))
}
