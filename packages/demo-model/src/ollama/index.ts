/** Ollama's APIs on the wire: what it is asked, and how it answers. Test doubles and the benchmark speak them, too. */
export * from './frames'
export * from './ollama-api'
export * from './request'
