/** General questions in English. */
import { hasAccents } from './forms'
import type { GeneralForms } from './forms'
import { CONCEPT, NAME, OBJECT } from './vocabulary'

/** Stands for its kind: `a pod`, `each node`, `Deployments`, `taints`. */
const ANY = `(?:(?:an?|one|two|each|every|multiple|several)\\b|${CONCEPT}\\b)`
const ONE = '(?:I|i|you|one|people)'

const forms = [
  `what(?:'s|’s| is| are| was) `,
  `what (?:does|do|happens|would happen|will happen|should|types|kinds|sorts|ways)\\b`,
  `how (?:do|does|can|could|should|would|is|are|to|old)\\b`,
  `how (?:much|many|long|often|big|large) .*\\b(?:should|can|may|need|require|by default)\\b`,
  `how many (?:types|kinds|ways)`,
  `where (?:do|does|can|should) (?:${ONE}|${ANY})`,
  `when (?:is|are|do|does|should|would|to|can)\\b`,
  `why (?:do|does|should|would)\\b`,
  `why (?:is|are) (?:an? |\\w*[A-Z])`,
  `(?:which|what) kubectl`,
  `(?:which|what) .*\\b(?:does|do|can|should) ${ANY}`,
  `(?:which|what) .*\\bshould ${ONE} (?:use|choose|pick|prefer)`,
  `which (?:is|are) (?:the )?(?:better|best|faster|simpler|newer|safer)`,
  `who (?:created|invented|made|maintains|develops|wrote|uses|is [A-Z]|was [A-Z])`,
  `(?:can|could|do|does|must|will|would|should) ${ANY}`,
  `can ${ONE} .*\\b(?:an?|one|two|multiple|several)\\b`,
  `should ${ONE} (?:use|set|store|put|choose|prefer|avoid|enable|write|define|learn|have)\\b`,
  `(?:is|are) ${CONCEPT} (?:an?|the same|similar|better|faster|like|part|required|necessary|open|namespaced|free)\\b`,
  `is (?:it|there) (?:an? )?(?:bad|good|safe|possible|better|best|ok|okay|recommended|necessary|common|worth|way|command|tool|option)\\b`,
  `are there (?:any )?(?:alternatives|other)\\b`,
  `(?:explain|define|introduce|describe|outline|summari[sz]e|tell me|teach me)\\b`,
  `compare ${ANY}`,
  `(?:write|translate|show me an example|recommend|suggest|name (?:a few|some|two|three)|give(?: me)? (?:an? (?:short |simple )?example|tips|advice))\\b`,
  `(?:the )?(?:differences? between|pros and cons|advantages|benefits|meaning of|definition of|best practices?)`,
  `.*\\b(?:mean|means|stand for|versus|vs\\.?|by default)\\b`,
]

/** A noun in the singular without article is a name, unless it is a concept, a gerund or one of these. */
const BARE = `(?!an? |the |any |all |one |each |every |it\\b|there\\b|that\\b|order\\b|general\\b|detail\\b|rest\\b|practice\\b|production\\b|simple |short |which |what |how |why |when |${CONCEPT}\\b|\\w+(?:s|ing|ly|tion|ity)\\b)[a-z]`

/** Points at what exists: a person's own, a place, a time, a name. */
const specific = [
  `\\b(?:my|our|ours|we|us|here|now|currently|today|tonight|yesterday|ago|still|already|recently|at the moment|last|since|this|these|those)\\b`,
  `\\bthe (?:\\w+ )?${OBJECT}\\b(?! (?:of|for) an? )`,
  `\\b(?:does|of|in|on|into|about|explain|describe|reach|(?:happen\\w*|wrong) (?:to|with)) ${BARE}`,
  `\\b${OBJECT} (?:in|of|from) (?!an? |the |each |every |one |git\\b|production\\b|detail\\b|${CONCEPT}\\b)[a-z]`,
  `\\bin namespace\\b|\\bdoing\\b|^what(?:'s|’s| is| are) (?!${CONCEPT})\\w+ing\\b`,
  NAME,
]

/** Of an object that is not well; with `a pod that …` it is any such object. */
const CONDITION =
  /\b(?:failing|failed|crashing|pending|down|slow|stuck|(?:un)?healthy|restarting|restarts|broken|unavailable|missing|wrong|problems?|issues?|errors?|warnings?|status|reason|cause|busiest|running|happening|happened|going on|load|usage|changed|left|outdated|up)\b/i
const ANY_OBJECT = new RegExp(`\\b(?:an?|each|every|one) (?:[\\w-]+ ){0,2}${CONCEPT}\\b|\\bpods get\\b|\\bmeans?\\b`)

const whole = forms.map((form) => new RegExp(`^(?:${form})`))
const parts = specific.map((form) => new RegExp(form))

export const ENGLISH: GeneralForms = {
  isIn: (text) => !hasAccents(text),
  opening: /^(?:please|and|so|hi|hello|hey|(?:can|could|would) you(?: please)?|in (?:kubernetes|k8s|general))\b,? */i,
  smallTalk:
    /^(?:hi|hello|hey|thanks?|thank you|good (?:morning|evening|afternoon|night)|nice|bye|ok|okay|great|cool|sorry)\b[^?]{0,40}$|^(?:who|what|how) are you\b|^(?:what|how) can (?:you (?:do|help)|i ask)|^do you (?:speak|support|understand)|^tell me an? |^help$/,
  isForm: (asked) => whole.some((form) => form.test(asked)),
  isSpecific: (asked) => parts.some((form) => form.test(asked)) || (CONDITION.test(asked) && !ANY_OBJECT.test(asked)),
  state: new RegExp(
    `\\b(?:all|your|\\d+|no) (?:\\w+ ){0,2}${OBJECT} (?:is|are|has|have)\\b|\\bthere (?:is|are) (?:currently |\\d|no )|\\byou have (?:\\d|no )|\\b(?:currently|right now|at the moment)\\b|\\beverything (?:is|looks)\\b|\\ball systems\\b`,
    'i',
  ),
}
