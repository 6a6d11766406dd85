/** What the assistant tells about its model and cluster. */
import { healthSchema } from '#shared/health'

export async function describeAssistant(url: string): Promise<{ model: string; cluster: string }> {
  const { model, cluster } = healthSchema.parse(await (await fetch(`${url}/health`)).json())
  const about = [cluster.context ?? cluster.name ?? 'cluster', cluster.version].filter(Boolean).join(' ')
  return { model: model.name, cluster: about }
}
