/** The demo's sentences in its two languages. */
import type { Language } from '../question/language'
import { changes, help } from './help'
import type { ListKind, TopKind } from '../question/kinds'
import { englishNoun, vietnameseNoun } from './nouns'
import { objectPhrases } from './object-phrases'
import type { ObjectPhrases } from './object-phrases'
import { writePhrases } from './write-phrases'
import type { WritePhrases } from './write-phrases'

export interface Phrases {
  /** Follows every answer, so that no one mistakes the rules for a language model. */
  signature: string
  thinking: (question: string) => string
  willCall: (tools: string) => string
  willAnswer: string
  help: string
  /** The supported changes as a list. */
  changes: string
  writes: WritePhrases
  objects: ObjectPhrases
  noTool: (what: string) => string
  failed: (words: string) => string
  unreadable: (words: string) => string
  counted: (count: number, kind: ListKind, where: string) => string
  allHealthy: string
  someUnhealthy: (count: number, kind: ListKind, names: string) => string
  more: (count: number) => string
  tableBelow: string
  logBelow: (lines: number, pod: string) => string
  logEmpty: (pod: string) => string
  tellingLines: string
  /** In a small window an older result comes back shortened. */
  shortened: (seen: number, total: number) => string
  described: (pod: string, state: string) => string
  reasons: string
  describedBelow: string
  noSuchPod: (pod: string, where: string) => string
  whichPod: string
  nothingWrong: (pods: string, where: string) => string
  wrong: (pods: string, unhealthy: number, where: string) => string
  /** The busiest ones: `web-1 (12m)`. */
  mostUsed: (kind: TopKind, cpu: string, memory: string) => string
  event: string
  log: string
  noEvidence: string
  inNamespace: (namespace: string) => string
  inCluster: string
}

const en: Phrases = {
  signature: '_Demo model: rule-based, not a language model._',
  thinking: (question) => `Demo rules, no language model. The question is read by its words: "${question}".`,
  willCall: (tools) => `The rule for it looks at the cluster with ${tools}.`,
  willAnswer: 'What is needed is there: the rule counts and quotes it.',
  help: help.en,
  changes: changes.en,
  writes: writePhrases.en,
  objects: objectPhrases.en,
  noTool: (what) => `None of the tools that I am offered can ${what}.`,
  failed: (words) => `The tool answered with an error: ${words}`,
  unreadable: (words) => `The tool's answer is not one that the demo's rules can count: ${words}`,
  counted: (count, kind, where) => `${count} ${englishNoun(kind, count)}${where}`,
  allHealthy: 'all of them healthy',
  someUnhealthy: (count, kind, names) =>
    kind === 'events' ? `${count} of them warnings: ${names}` : `${count} of them not healthy: ${names}`,
  more: (count) => `and ${count} more`,
  tableBelow: "The table below is the cluster's own data.",
  logBelow: (lines, pod) => `The log of pod \`${pod}\` below has ${lines} ${lines === 1 ? 'line' : 'lines'}.`,
  logEmpty: (pod) => `The log of pod \`${pod}\` is empty.`,
  tellingLines: 'What stands out:',
  shortened: (seen, total) =>
    `The list came back to me shortened: I can see ${seen} of its ${total} pods, so there may be more. The table below has all of them.`,
  described: (pod, state) => `The phase of pod \`${pod}\` is ${state}.`,
  reasons: 'Its own reasons:',
  describedBelow: "Everything else stands below, in the cluster's own words.",
  noSuchPod: (pod, where) => `There is no pod named \`${pod}\`${where}.`,
  whichPod: 'Name the pod, for example: "Show the logs of pod NAME".',
  nothingWrong: (pods, where) =>
    `Nothing is wrong${where}: ${pods}, all of them healthy. The table below is the cluster's own data.`,
  wrong: (pods, unhealthy, where) => `Of ${pods}${where}, ${unhealthy} ${unhealthy === 1 ? 'is' : 'are'} not healthy:`,
  mostUsed: (kind, cpu, memory) => `Of these ${kind}, ${cpu} uses the most CPU and ${memory} the most memory.`,
  event: 'event',
  log: 'its log says',
  noEvidence: 'no event or log line that says why',
  inNamespace: (namespace) => ` in namespace \`${namespace}\``,
  inCluster: ' in the cluster',
}

const vi: Phrases = {
  signature: '_Mô hình demo: hoạt động theo luật, không phải mô hình ngôn ngữ._',
  thinking: (question) =>
    `Luật của bản demo, không phải mô hình ngôn ngữ. Câu hỏi được đọc theo từ ngữ: "${question}".`,
  willCall: (tools) => `Luật tương ứng xem cụm bằng ${tools}.`,
  willAnswer: 'Đã đủ dữ liệu: luật sẽ đếm và trích dẫn.',
  help: help.vi,
  changes: changes.vi,
  writes: writePhrases.vi,
  objects: objectPhrases.vi,
  noTool: (what) => `Không có công cụ nào được cung cấp cho tôi để ${what}.`,
  failed: (words) => `Công cụ trả về lỗi: ${words}`,
  unreadable: (words) => `Các luật của bản demo không đếm được câu trả lời này của công cụ: ${words}`,
  counted: (count, kind, where) => `${count} ${vietnameseNoun(kind)}${where}`,
  allHealthy: 'tất cả đều khỏe',
  someUnhealthy: (count, kind, names) =>
    kind === 'events' ? `trong đó ${count} cảnh báo: ${names}` : `trong đó ${count} không khỏe: ${names}`,
  more: (count) => `và ${count} mục khác`,
  tableBelow: 'Bảng bên dưới là dữ liệu của chính cụm.',
  logBelow: (lines, pod) => `Nhật ký của pod \`${pod}\` bên dưới có ${lines} dòng.`,
  logEmpty: (pod) => `Nhật ký của pod \`${pod}\` trống.`,
  tellingLines: 'Đáng chú ý:',
  shortened: (seen, total) =>
    `Danh sách gửi lại cho tôi đã bị rút ngắn: tôi chỉ thấy ${seen} trong ${total} pod, nên có thể còn nữa. Bảng bên dưới có đủ.`,
  described: (pod, state) => `Giai đoạn (phase) của pod \`${pod}\` là ${state}.`,
  reasons: 'Lý do do chính cụm đưa ra:',
  describedBelow: 'Phần còn lại nằm bên dưới, nguyên văn từ cụm.',
  noSuchPod: (pod, where) => `Không có pod nào tên \`${pod}\`${where}.`,
  whichPod: 'Hãy nêu tên pod, ví dụ: "Xem log của pod TÊN".',
  nothingWrong: (pods, where) =>
    `Không có gì sai${where}: ${pods}, tất cả đều khỏe. Bảng bên dưới là dữ liệu của chính cụm.`,
  wrong: (pods, unhealthy, where) => `Trong ${pods}${where}, có ${unhealthy} pod không khỏe:`,
  mostUsed: (kind, cpu, memory) =>
    `Trong các ${kind === 'nodes' ? 'node' : 'pod'} này, ${cpu} dùng nhiều CPU nhất và ${memory} dùng nhiều bộ nhớ nhất.`,
  event: 'sự kiện',
  log: 'nhật ký ghi',
  noEvidence: 'không có sự kiện hay dòng nhật ký nào cho biết lý do',
  inNamespace: (namespace) => ` trong namespace \`${namespace}\``,
  inCluster: ' trong cụm',
}

export const phrases: Record<Language, Phrases> = { en, vi }

/** The `where` parameter of the phrases: in a namespace, or empty. */
export function whereOf(say: Phrases, namespace: string | undefined): string {
  return namespace ? say.inNamespace(namespace) : ''
}
