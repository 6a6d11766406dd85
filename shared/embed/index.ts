/** The protocol of an assistant in a frame, for both sides. */
export { connectFrame } from './host'
export type { FrameConnection } from './host'
export { EMBED_LIMITS, parseContext, parseResource } from './protocol'
export type { EmbedContext, FrameMessage, HostMessage, ResourceReference, Theme } from './protocol'
