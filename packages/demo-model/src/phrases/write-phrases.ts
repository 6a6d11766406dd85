/** The demo's sentences about changes in its two languages. */
import type { Language } from '../question/language'
import type { WriteIntent } from '../question/write-intent'
import { kindArguments } from '../tools/kinds'

export interface WritePhrases {
  readOnly: string
  unknownChange: string
  missing: Record<WriteIntent['do'], string>
  noTool: (what: string) => string
  /** @param reason the server's own words */
  because: (reason: string) => string
  /** The requested change as a clause after "Done:" or "Not done:". */
  done: (intent: WriteIntent, where: string) => string
  declined: (reason: string) => string
  notRun: (words: string) => string
  refused: (words: string) => string
  unknownOutcome: (words: string) => string
  partly: (words: string) => string
  failed: (words: string) => string
  answered: (words: string) => string
  /** Quotes our own server's report of the result. */
  saw: (words: string) => string
  unchanged: (object: string) => string
  seen: (object: string, cells: string) => string
  startingYet: string
  gone: (object: string) => string
  stillThere: (object: string) => string
  replaced: (object: string) => string
  unread: string
  whichNamespace: (object: string, namespaces: string) => string
  nowhere: (object: string) => string
  sayNamespace: string
}

/** `Deployment web`, with its name as code. */
export function objectOf(intent: WriteIntent): string {
  switch (intent.do) {
    case 'install':
    case 'upgrade':
    case 'rollback':
    case 'uninstall':
      return `release \`${intent.name}\``
    default:
      return `${kindArguments(intent.kind).kind} \`${intent.name}\``
  }
}

function pairsOf(pairs: Record<string, string | null>): string {
  return Object.entries(pairs)
    .map(([key, value]) => `\`${value === null ? `${key}-` : `${key}=${value}`}\``)
    .join(', ')
}

function sentence(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`
}

const en: WritePhrases = {
  readOnly:
    'The assistant is in read-only mode here: it only reads, and I am offered no tool that changes the cluster.',
  unknownChange: 'This is a change that the demo rules do not know how to make. Those that they know:',
  missing: {
    scale: 'scale workloads',
    restart: 'restart rollouts',
    delete: 'delete objects',
    apply: 'create or apply objects',
    install: 'install Helm charts',
    upgrade: 'upgrade Helm releases',
    uninstall: 'uninstall Helm releases',
    undo: 'roll back rollouts',
    image: 'set images',
    resources: 'set limits and requests',
    label: 'set labels',
    annotate: 'set annotations',
    cordon: 'cordon nodes',
    uncordon: 'uncordon nodes',
    drain: 'drain nodes',
    rollback: 'roll back Helm releases',
  },
  noTool: (what) => `The MCP server in use has no tool to ${what}: nothing was changed.`,
  because: (reason) => reason,
  done: (intent, where) => {
    const object = `${objectOf(intent)}${where}`
    switch (intent.do) {
      case 'scale':
        return `${object} was scaled to ${intent.replicas}.`
      case 'restart':
        return `${object} was restarted.`
      case 'delete':
        return `${object} was deleted.`
      case 'apply':
        return `${object} was applied.`
      case 'install':
        return `chart \`${intent.chart}\` was installed as ${object}.`
      case 'upgrade':
        return `${object} was upgraded to chart \`${intent.chart}\`.`
      case 'uninstall':
        return `${object} was uninstalled.`
      case 'undo':
      case 'rollback':
        return `${object} was rolled back.`
      case 'image':
        return `the image of ${object} was set to \`${intent.image}\`.`
      case 'resources':
        return `the ${intent.of} of ${object} were set to \`${intent.amount}\`.`
      case 'label':
        return `the labels of ${object} were changed: ${pairsOf(intent.pairs)}.`
      case 'annotate':
        return `the annotations of ${object} were changed: ${pairsOf(intent.pairs)}.`
      case 'cordon':
        return `${object} was cordoned: it gets no new pods.`
      case 'uncordon':
        return `${object} was uncordoned: it takes pods again.`
      case 'drain':
        return `${object} was drained.`
    }
  },
  declined: (reason) => `You declined it, so nothing was changed.${reason && ` You said: ${reason}`}`,
  notRun: (words) => `It was not run, and nothing was changed. ${words}`,
  refused: (words) => `The cluster refused it, and nothing was changed: ${words}`,
  unknownOutcome: (words) => `Whether it was done is not known: ${words}`,
  partly: (words) => `Only a part was done: ${words}`,
  failed: (words) => `It failed: ${words}`,
  answered: (words) => `The tool answered: ${sentence(words)}`,
  saw: (words) => `Afterwards: ${sentence(words)}`,
  unchanged: (object) => `${object} was like that already: nothing was changed.`,
  seen: (object, cells) => `The cluster now shows ${object} with ${cells}.`,
  startingYet: 'Not all of its pods are ready yet.',
  gone: (object) => `The cluster no longer lists ${object}.`,
  stillThere: (object) => `The cluster still lists ${object}: it may take a moment to go.`,
  replaced: (object) => `The cluster lists ${object} again: its controller created it again.`,
  unread: 'It was not read back.',
  whichNamespace: (object, namespaces) =>
    `${object} is in several namespaces: ${namespaces}. Say in which one you mean; nothing was changed.`,
  nowhere: (object) => `There is no ${object} in the cluster: nothing was changed.`,
  sayNamespace: 'Say in which namespace, for example: "… in namespace NAME". Nothing was changed.',
}

const vi: WritePhrases = {
  readOnly: 'Trợ lý ở đây đang ở chế độ chỉ đọc: tôi không được cung cấp công cụ nào để thay đổi cụm.',
  unknownChange: 'Luật của bản demo không biết thực hiện thay đổi này. Những thay đổi mà luật biết:',
  missing: {
    scale: 'co giãn workload',
    restart: 'khởi động lại rollout',
    delete: 'xóa đối tượng',
    apply: 'tạo hoặc áp dụng đối tượng',
    install: 'cài đặt chart Helm',
    upgrade: 'nâng cấp release Helm',
    uninstall: 'gỡ release Helm',
    undo: 'quay lại phiên bản trước của rollout',
    image: 'đặt image',
    resources: 'đặt limit và request',
    label: 'gắn nhãn',
    annotate: 'đặt annotation',
    cordon: 'cordon node',
    uncordon: 'bỏ cordon node',
    drain: 'drain node',
    rollback: 'đưa release Helm về phiên bản trước',
  },
  noTool: (what) => `Máy chủ MCP đang dùng không có công cụ để ${what}: không có gì thay đổi.`,
  because: (reason) => `Máy chủ cho biết: “${reason}”`,
  done: (intent, where) => {
    const object = `${objectOf(intent)}${where}`
    switch (intent.do) {
      case 'scale':
        return `${object} đã được đặt thành ${intent.replicas} bản sao.`
      case 'restart':
        return `${object} đã được khởi động lại.`
      case 'delete':
        return `${object} đã bị xóa.`
      case 'apply':
        return `${object} đã được áp dụng.`
      case 'install':
        return `chart \`${intent.chart}\` đã được cài đặt thành ${object}.`
      case 'upgrade':
        return `${object} đã được nâng cấp lên chart \`${intent.chart}\`.`
      case 'uninstall':
        return `${object} đã được gỡ.`
      case 'undo':
      case 'rollback':
        return `${object} đã được đưa về phiên bản trước.`
      case 'image':
        return `image của ${object} đã được đặt thành \`${intent.image}\`.`
      case 'resources':
        return `${intent.of} của ${object} đã được đặt thành \`${intent.amount}\`.`
      case 'label':
        return `nhãn của ${object} đã được thay đổi: ${pairsOf(intent.pairs)}.`
      case 'annotate':
        return `annotation của ${object} đã được thay đổi: ${pairsOf(intent.pairs)}.`
      case 'cordon':
        return `${object} đã được cordon: node không nhận pod mới.`
      case 'uncordon':
        return `${object} đã được bỏ cordon: node lại nhận pod.`
      case 'drain':
        return `${object} đã được drain.`
    }
  },
  declined: (reason) => `Bạn đã từ chối, nên không có gì thay đổi.${reason && ` Bạn nói: ${reason}`}`,
  notRun: (words) => `Lệnh không được chạy và không có gì thay đổi. ${words}`,
  refused: (words) => `Cụm đã từ chối và không có gì thay đổi: ${words}`,
  unknownOutcome: (words) => `Không rõ việc này đã được thực hiện hay chưa: ${words}`,
  partly: (words) => `Chỉ một phần đã được thực hiện: ${words}`,
  failed: (words) => `Không thành công: ${words}`,
  answered: (words) => `Công cụ trả lời: ${sentence(words)}`,
  saw: (words) => `Sau đó: ${sentence(words)}`,
  unchanged: (object) => `${object} vốn đã như vậy: không có gì thay đổi.`,
  seen: (object, cells) => `Cụm hiện cho thấy ${object} với ${cells}.`,
  startingYet: 'Chưa phải mọi pod của nó đều sẵn sàng.',
  gone: (object) => `Cụm không còn liệt kê ${object}.`,
  stillThere: (object) => `Cụm vẫn còn liệt kê ${object}: có thể cần thêm chút thời gian.`,
  replaced: (object) => `Cụm lại liệt kê ${object}: bộ điều khiển đã tạo lại nó.`,
  unread: 'Kết quả chưa được đọc lại.',
  whichNamespace: (object, namespaces) =>
    `${object} có trong nhiều namespace: ${namespaces}. Hãy nói rõ namespace nào; không có gì thay đổi.`,
  nowhere: (object) => `Không có ${object} trong cụm: không có gì thay đổi.`,
  sayNamespace: 'Hãy nói rõ namespace, ví dụ: "… trong namespace TÊN". Không có gì thay đổi.',
}

export const writePhrases: Record<Language, WritePhrases> = { en, vi }
