/** The demo's sentences about one object in its two languages. */
import type { Language } from '../question/language'

export interface ObjectPhrases {
  /** @param object `Deployment web` with its name as code, and its place */
  healthy: (object: string) => string
  waiting: (object: string, reason: string) => string
  bad: (object: string, reason: string) => string
  found: (object: string) => string
  yamlBelow: (object: string) => string
  valuesBelow: (object: string) => string
  revisions: (object: string, count: number, current: string) => string
  noEvents: (object: string) => string
  events: (object: string, count: number, warnings: number) => string
  facts: string
}

const en: ObjectPhrases = {
  healthy: (object) => `${object} is healthy.`,
  waiting: (object, reason) => `${object} is not done yet${reason && `: ${reason}`}.`,
  bad: (object, reason) => `${object} is not healthy${reason && `: ${reason}`}.`,
  found: (object) => `${object} is in the cluster.`,
  yamlBelow: (object) => `The YAML of ${object} is below.`,
  valuesBelow: (object) => `The values of ${object} are below; secret ones are hidden.`,
  revisions: (object, count, current) =>
    `${object} has ${count} ${count === 1 ? 'revision' : 'revisions'}${current && `; current is ${current}`}.`,
  noEvents: (object) => `There are no events of ${object}: the cluster keeps them for an hour.`,
  events: (object, count, warnings) =>
    `${object} has ${count} ${count === 1 ? 'event' : 'events'}, ${warnings} of them ${warnings === 1 ? 'a warning' : 'warnings'}.`,
  facts: 'What the cluster shows:',
}

const vi: ObjectPhrases = {
  healthy: (object) => `${object} khỏe.`,
  waiting: (object, reason) => `${object} chưa xong${reason && `: ${reason}`}.`,
  bad: (object, reason) => `${object} không khỏe${reason && `: ${reason}`}.`,
  found: (object) => `${object} có trong cụm.`,
  yamlBelow: (object) => `YAML của ${object} ở bên dưới.`,
  valuesBelow: (object) => `Các giá trị của ${object} ở bên dưới; giá trị bí mật bị che.`,
  revisions: (object, count, current) => `${object} có ${count} phiên bản${current && `; hiện tại là ${current}`}.`,
  noEvents: (object) => `Không có sự kiện nào của ${object}: cụm chỉ giữ sự kiện trong một giờ.`,
  events: (object, count, warnings) => `${object} có ${count} sự kiện, trong đó ${warnings} cảnh báo.`,
  facts: 'Cụm cho thấy:',
}

export const objectPhrases: Record<Language, ObjectPhrases> = { en, vi }
