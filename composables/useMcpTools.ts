/** The tools that the model may be offered, as the server lists them; none while they are not known. */
import { z } from 'zod'

const toolsSchema = z.object({
  tools: z.array(z.object({ name: z.string(), description: z.string().default(''), offered: z.boolean() })),
})
export type OfferedTool = z.infer<typeof toolsSchema>['tools'][number]

export function useMcpTools() {
  const tools = ref<OfferedTool[]>([])
  onMounted(async () => {
    // Without them the status is shorter, and that is all.
    const body: unknown = await fetch('api/mcp/tools')
      .then((response) => response.json())
      .catch(() => undefined)
    const parsed = toolsSchema.safeParse(body)
    if (parsed.success) tools.value = parsed.data.tools.filter(({ offered }) => offered)
  })
  return tools
}
