/** Detects answers that print a command in place of a call: 45 of gpt-oss:20b's 71 failures in k8s-ai-bench. */

/** The user asked for a command or manifest, so printing one is a valid answer. */
const ASKS_FOR_TEXT = /\b(kubectl|command|yaml|manifest|how (do|to|can|would)|lệnh|cách)\b/iu

const COMMAND = /(?:^|\n)\s*(?:```\w*\s*\n\s*)?(?:\$ )?kubectl\s+(\w+)/g
const READS = new Set(['get', 'describe', 'logs', 'top', 'events', 'explain', 'version'])

/** @param mayChange tools that change something are offered: without them a command for the person is right (writes-27) */
export function isNarration(question: string, text: string, mayChange: boolean): boolean {
  const verbs = [...text.matchAll(COMMAND)].map(([, verb = '']) => verb)
  return verbs.some((verb) => mayChange || READS.has(verb)) && !ASKS_FOR_TEXT.test(question)
}
