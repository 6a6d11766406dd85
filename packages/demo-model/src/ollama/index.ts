/** Ollama's wire formats, also used by test doubles and the benchmark. */
export * from './frames'
export * from './ollama-api'
export * from './request'
