/**
 * Whether a question is about this cluster, so that an answer without any look at it is a claim. General questions are
 * recognized by their form: they ask what something is, or how it is done, and point at nothing that exists.
 */

const GENERAL = [
  /^(?:please |can you |could you )?(?:explain|define|describe (?:what|how|the difference)|compare|translate|tell me (?:about|what a)|give (?:me )?an? example|write|teach)\b/iu,
  /^(?:what|which)(?: is|'s| are| does| do| would) (?:an? |the (?:difference|purpose|meaning|role|point|benefit|default|advantage|best)|kubernetes|kubectl|helm|k8s)/iu,
  /^what (?:does|do) .* (?:mean|do|stand for)\b/iu,
  /^what (?:is|are) (?!the |up\b)(?:an? )?\w+(?: \w+)?\?*$/iu,
  /^how (?:do(?:es)?|to|can|could|should|would)\b/iu,
  /^when (?:should|would|do|does|is it)\b|^why (?:should|would|use)\b|^why do(?:es)? (?:an? |kubernetes|k8s|helm|\w+s\b)/iu,
  /^(?:should i|is it (?:safe|possible|better|good)|can (?:i|a|an|one)|does (?:kubernetes|k8s|helm|a|an)|do i need)\b/iu,
  /(?:là gì|nghĩa là|khác (?:nhau|gì|với)|giải thích|hoạt động (?:thế nào|như thế nào|ra sao)|để làm gì|dùng để|ví dụ|khi nào (?:nên|thì|cần)|tại sao (?:nên|cần|phải)|(?:làm (?:sao|thế nào)|cách) (?:để )?|có nên|so sánh|hãy viết|dịch )/iu,
]
const SMALL_TALK =
  /^(?:hi|hello|hey|thanks?|thank you|good (?:morning|evening)|bye|ok(?:ay)?|yes|no|xin chào|chào|cảm ơn|who are you|what can you|are you|help|bạn (?:là ai|có thể|làm được)|what (?:model|version) are you)\b/iu

/** Points at what exists here and now. */
const HERE =
  /\b(?:look|doing|my|our|this|these|here|now|currently|right now|today|running|crash\w*|failing|broken|wrong|pending|restart(?:s|ed|ing)|status of|health of|in the (?:cluster|namespace)|in namespace|how many|list|show)\b|đang|hiện|này|của (?:tôi|chúng|mình)|bao nhiêu|liệt kê|trong (?:cụm|namespace|không gian)|bị /iu

const CLUSTER =
  /\b(?:pods?|nodes?|namespaces?|deploy\w*|services?|svc|cluster|statefulsets?|daemonsets?|jobs?|cronjobs?|ingress\w*|configmaps?|secrets?|volumes?|pvcs?|replicas?|containers?|images?|logs?|events?|helm|releases?|workloads?|apps?|applications?|certificates?|quotas?|autoscal\w*|hpa|cpu|memory|disk|kubelet|api ?server|healthy|health|unhealthy|crash\w*|restart\w*|errors?|fail\w*|broken|down|running|pending|stuck|slow|problems?|issues?|warnings?|alerts?|wrong|outage|everything|scale|rollout|upgrade\w*)\b|cụm|nút|lỗi|cảnh báo|sự cố|vấn đề|khỏe|ổn|nhật ký|sự kiện|dịch vụ|ứng dụng|bộ nhớ|tài nguyên|chứng chỉ|khởi động lại|đang chạy|triển khai|bản sao|dung lượng|treo|chậm/iu

/** What only somebody who has looked can say. */
const STATE =
  /\b(?:is|are|has|have|was|were|there'?s|there (?:is|are))\b[^.?!\n]{0,60}\b(?:running|healthy|unhealthy|ready|pending|failing|failed|crash\w*|restart\w*|up|down|evicted|available|replicas?|no (?:problems?|errors?|issues?)|\d+ [\w-]+)\b|(?:có|còn) (?:\d+|không)|đang (?:chạy|hoạt động|gặp|bị|chờ)|(?:bị|gặp) (?:lỗi|treo)|ổn định|khỏe mạnh|bình thường|sẵn sàng/iu

/** No general answer says this. */
const STATE_OF_THIS =
  /\b(?:all|your|\d+)\b (?:of (?:the|your) )?(?:the )?(?:\w+ )?(?:pods?|nodes?|deployments?|services?|workloads?|cluster) (?:is|are)\b|\bno (?:problems?|errors?|issues?) in the cluster|(?:tất cả|\d+) .{0,20}(?:pod|nút|dịch vụ).{0,20}(?:đang|ổn|khỏe|sẵn sàng)|cụm (?:của bạn )?(?:đang|ổn|khỏe)/iu

export function isAboutCluster(question: string, answer: string): boolean {
  const asked = question.trim()
  if (STATE_OF_THIS.test(answer)) return true
  if (SMALL_TALK.test(asked) && !CLUSTER.test(asked)) return false
  const isGeneral = GENERAL.some((form) => form.test(asked)) && !HERE.test(asked)
  if (isGeneral) return false
  return CLUSTER.test(asked) || STATE.test(answer)
}
