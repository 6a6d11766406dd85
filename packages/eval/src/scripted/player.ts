/** Plays a script: finds the place in it by the requests. */
import type { ChatRequest } from '@k8s-ai-assistant/demo-model/ollama'
import { withoutAskedNote } from '#shared/chat/asked'
import { fill, fillText } from '../task/fill'
import { answer } from '../../../../tests/support/ollama'
import type { Answer } from '../../../../tests/support/ollama'
import { toAnswer } from './output'
import type { Play, Script } from './script'
import type { SolutionStep } from '../task/schema'
import { z } from 'zod'

const argumentsSchema = z.record(z.string(), z.unknown())

export class Player {
  private question = -1
  private at = 0
  /** The messages of the last request. */
  private last = ''

  constructor(private readonly script: Script) {}

  next(request: ChatRequest): Answer {
    const question = this.questionOf(request)
    // A request that only reads the beginning of a conversation ahead.
    if (question < 0 || (request.max_tokens ?? 2) <= 1) return answer.text('Ready.')
    const messages = JSON.stringify(request.messages)
    if (question !== this.question) {
      this.question = question
      this.at = 0
    } else this.advance(messages !== this.last)
    this.last = messages
    for (let play = this.play(); hasSeen(play, messages); play = this.play()) this.at++
    const play = this.play()
    if (!play) return answer.error(500, 'the script has no step for this request')
    return play.kind === 'failure' ? toAnswer(play.output) : stepAnswer(play.step, request)
  }

  /** @param isNew the request differs from the last one */
  private advance(isNew: boolean): void {
    const plays = this.script.plays[this.question] ?? []
    const [play, next] = plays.slice(this.at, this.at + 2)
    if (next && isOver(play, next, isNew)) this.at++
  }

  private play(): Play | undefined {
    return this.script.plays[this.question]?.[this.at]
  }

  /** The last question of the script among the messages; -1 for none. */
  private questionOf({ messages }: ChatRequest): number {
    for (const { role, content } of messages.toReversed()) {
      if (role !== 'user') continue
      const found = this.script.questions.indexOf(withoutAskedNote(content ?? ''))
      if (found >= 0) return found
    }
    return -1
  }
}

function isOver(play: Play | undefined, next: Play, isNew: boolean): boolean {
  if (play?.kind !== 'failure') return isNew
  switch (play.until) {
    case 'repeated':
      return true
    case 'corrected':
      return isNew
    case 'never':
      return isNew && next.kind === 'failure'
  }
}

function hasSeen(play: Play | undefined, messages: string): boolean {
  return play?.kind === 'failure' && play.seen !== undefined && messages.includes(play.seen)
}

function stepAnswer(step: SolutionStep, { messages }: ChatRequest): Answer {
  const results = messages.filter(({ role }) => role === 'tool').map(({ content }) => content ?? '')
  const captured = Object.fromEntries(
    Object.entries(step.capture).map(([name, pattern]) => [name, lastMatch(results, new RegExp(pattern, 'u'))]),
  )
  if ('answer' in step) return answer.text(fillText(step.answer, captured))
  const reasoning = answer.reasoning(`I look with ${step.call}.`)
  return reasoning.toolCall(step.call, argumentsSchema.parse(fill(step.arguments, captured)))
}

/** The first group of the pattern, or all that it matches; the name of nothing if there is none. */
function lastMatch(texts: readonly string[], pattern: RegExp): string {
  for (const text of texts.toReversed()) {
    const found = pattern.exec(text)
    if (found) return found[1] ?? found[0]
  }
  return 'not-found'
}
