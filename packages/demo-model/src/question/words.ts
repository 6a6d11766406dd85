/** The words of each kind of question, in English and Vietnamese without accents. */
import type { ObjectKind } from './kinds'

export const YAML = /\by[a]?ml\b|\bmanifests?\b|-o ?(?:yaml|json)\b|\bjson\b/
export const HELM = /\bhelm\b|\breleases?\b|\bcharts?\b/
export const VALUES = /\bvalues?\b|\bgia tri\b|\bcau hinh\b|\bconfiguration\b/
export const HISTORY = /\bhistory\b|\brevisions?\b|\bversions?\b|\blich su\b|\bphien ban\b|\bdeployed before\b/
/** Of a workload that is named beside it. */
export const PAST = /\bhistory\b|\brevisions\b|\blich su\b/
export const ROLLOUT =
  /\brollouts?\b|\broll(?:ed|ing)? out\b|\brevisions?\b|\blich su (?:trien khai|phien ban|cap nhat)\b|\btrang thai trien khai\b/
export const LOGS = /\blogs?\b|\blogg(?:ed|ing)\b|\bnhat ky\b|\bstd(?:out|err)\b|\bcontainer output\b/
export const CHANGED =
  /\bwhat (?:has |have |just )?(?:changed|happened)\b|\bwhat('s| is) (?:new|happening)\b|\bmoi xay ra\b|\bxay ra gi\b|\bthay doi gi\b/
export const TOP =
  /\btop\b|\bcpu\b|\bmemory\b|\bmem\b|\bram\b|\busages?\b|\butili[sz]ation\b|\bresource(?:s)? (?:use|usage|consumption)\b|\bbo nho\b|\btai nguyen\b|\bmuc dung\b/
/** Requests and limits of a workload, which are not usage. */
export const WANTED = /\blimits?\b|\brequests?\b|\boom\w*\b|\bquotas?\b/
export const MEMORY = /\bmemory\b|\bmem\b|\bram\b|\bbo nho\b/
export const CLUSTER = /\bcluster\b|\bcum\b/
export const DESCRIBE =
  /\bdescribe\b|\bdetails?\b|\bmore (?:info|information|about)\b|\btell me about\b|\bmo ta\b|\bchi tiet\b|\bthong tin\b/
export const WRONG =
  /\b(wrong|problems?|broken|issues?|unhealthy|fail(s|ed|ing|ures?)?|crash(es|ed|ing|loop\w*)?|trouble\w*|why|debug|diagnose|investigate|errors?|not (running|ready|healthy|working|starting|start)|won't start|stuck|down|pending|oom\w*|unavailable|sai|loi|van de|hong|su co|tai sao|vi sao|sao (?:pod|deployment|\S+ lai)|bi sao|lam sao vay|truc trac|bat thuong|khong on|khong chay|chua chay|treo|chet)\b/
export const HEALTH =
  /\bhealth(?:y)?\b|\bstatus\b|\bstate\b|\bok(?:ay)?\b|\bfine\b|\bhow (?:is|are|'s)\b|\b(?:is|are) .*(?:ready|running|up|working|available)\b|\bdoing\b|\btrang thai\b|\btinh (?:hinh|trang)\b|\bon khong\b|\bco on\b|\bthe nao\b|\bkhoe\b/
export const EXPLAIN =
  /\bwhat (?:is|are) (?:an? |the difference|difference)\b|\bwhat (?:is|are) (?:pod|deployment|service|node|namespace|event|statefulset|ingress|job|configmap)e?s?\W*$|\bdifference between\b|\bla gi\b|\bhow (?:do|can|to|would)\b|\bexplain\b/
export const LIST =
  /\b(list|show|get|see|display|give|find|which|what|where|when|who|how many|how much|count|all|any|are there|do (?:we|i|you) have|is there|does|did|has|have|is|liet ke|hien thi|cho toi|cho minh|cho xem|xem|danh sach|bao nhieu|may|tat ca|nhung|cac|lay|co|nao|dau|kiem tra|check|biet|chua|xong|tim)\b/

/** Words that mean a kind without naming it. */
const MEANT: [ObjectKind, RegExp][] = [
  ['persistentvolumeclaim', /\bstorage\b|\bdisks?\b|\bluu tru\b|\bo dia\b|\bdung luong\b/],
  ['ingress', /\burls?\b|\bdomains?\b|\bhost ?names?\b|\bten mien\b/],
  ['service', /\bexternal ips?\b|\bexposed?\b|\bload ?balancers?\b|\bports?\b/],
  [
    'node',
    /\b(?:kubernetes|k8s|cluster|cum) version\b|\bversion of (?:kubernetes|k8s|the cluster)\b|\bphien ban (?:kubernetes|k8s|cum)\b|\bmachines?\b|\bmay\b(?= chu|\W*$)/,
  ],
  ['cronjob', /\bscheduled\b|\bdinh ky\b|\blich chay\b/],
  ['deployment', /\b(?:apps?|applications?|workloads?|ung dung)\b/],
  ['pod', /\brunning\b|\bruns\b|\bdang chay\b|\bcontainers?\b|\bimages?\b|\bget all\b|\brestart(?:ed|s|ing)?\b/],
]

export function kindMeant(text: string): ObjectKind | undefined {
  return MEANT.find(([, pattern]) => pattern.test(text))?.[0]
}
