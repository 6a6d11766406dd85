/** Takes the answer out of text in which the model server left marks of the chat template. */

const HEADER = /<\|channel\|>\s*(\w+)[^<]*(?:<\|constrain\|>[^<]*)?<\|message\|>/g

/** The same with its marks lost, as some servers pass it on: `analysisWe need pods.assistantfinalThere are 3 pods.` */
const UNMARKED = /^analysis[A-Z].*assistantfinal(.*)$/s

/** Reasoning that a server without a parser for it leaves in the text. */
const THINKING = /^\s*<think(?:ing)?>.*?<\/think(?:ing)?>/s

/** @returns the text itself unless it holds a whole header: a person may ask about the marks */
export function finalText(text: string): string {
  const headers = [...text.matchAll(HEADER)]
  if (headers.length > 0) {
    const last = headers.findLast(([, channel]) => channel === 'final')
    return last ? (text.slice(last.index + last[0].length).split('<|')[0] ?? '').trim() : ''
  }
  return (UNMARKED.exec(text)?.[1] ?? text.replace(THINKING, '')).trimStart()
}
