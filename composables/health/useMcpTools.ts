/** The tools offered to the model; empty until known. */
import { mcpToolsSchema } from '#shared/mcp-report'
import type { McpTools } from '#shared/mcp-report'
import { serverFetch } from '../../utils/connection/serverFetch'

export type OfferedTool = McpTools['tools'][number]

export function useMcpTools() {
  const store = useHealthStore()
  const tools = ref<OfferedTool[]>([])
  let asked = 0

  async function load(): Promise<void> {
    const own = ++asked
    // Optional: without them the status only shows less.
    const body: unknown = await serverFetch(`api/mcp/tools${store.inCluster()}`)
      .then((response) => response.json())
      .catch(() => undefined)
    const parsed = mcpToolsSchema.safeParse(body)
    if (own === asked && parsed.success) tools.value = parsed.data.tools.filter(({ offered }) => offered)
  }

  // Another session may be another server with other tools.
  const session = computed(() => {
    const { state, sessions, tools: count, server } = store.health?.mcp ?? {}
    return [state, sessions, count, server?.name, server?.version].join(' ')
  })
  watch(session, load)
  onMounted(load)
  return tools
}
