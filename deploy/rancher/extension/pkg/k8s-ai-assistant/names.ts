/** Names that Rancher knows us by. */
export const NAME = 'k8s-ai-assistant'

/** Of our pages: the product's, of no cluster, and that in each cluster's navigation. */
export const ROUTES = { product: `${NAME}-c-cluster`, cluster: `c-cluster-explorer-${NAME}` }

/** Rancher's sign for pages of no cluster. */
export const NO_CLUSTER = '_'

export const DOCK = 'K8sAiAssistantDock'

/** Lucide's "bot-message-square", in black: Rancher colours it. */
export const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M12 6V2H8"/><path d="M15 11v2"/><path d="M2 12h2"/><path d="M20 12h2"/><path d="M20 16a2 2 0 0 1-2 2H8.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 4 20.286V8a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2z"/><path d="M9 11v2"/></svg>',
)}`
