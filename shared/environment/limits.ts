/** Variables of the limits on questions and streams. */
import { variable } from './about'
import { integer } from './types'

export const limitVariables = {
  MAX_ROUNDS: variable(integer(1, 50).default(8), {
    group: 'limits',
    text: 'Rounds of tool calls in one answer.',
    programs: ['app'],
  }),
  MAX_TURNS: variable(integer(1, 100_000).default(64), {
    group: 'limits',
    text: 'Questions that may be answered at the same time; one more is refused (429).',
    programs: ['app'],
  }),
  MAX_TURNS_PER_USER: variable(integer(1, 100_000).default(16), {
    group: 'limits',
    text: 'The same for one user.',
    programs: ['app'],
  }),
  MAX_TURNS_PER_MINUTE: variable(integer(1, 1_000_000).default(60), {
    group: 'limits',
    text: 'Questions that one user may start in a minute.',
    programs: ['app'],
  }),
  MAX_STREAMS_PER_USER: variable(integer(1, 100_000).default(32), {
    group: 'limits',
    text: 'Answers and sockets that one user may have open at the same time.',
    programs: ['app'],
  }),
  TURN_GRACE_SECONDS: variable(integer(1, 3600).default(30), {
    group: 'limits',
    text: 'How long an answer continues while its page reloads or its connection is lost.',
    programs: ['app'],
  }),
}
