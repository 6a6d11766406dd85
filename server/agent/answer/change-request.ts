/** Whether a question asks for a change of the cluster. */
import { isGeneral } from './general'

const VERBS =
  /\b(?:scale|resize|delete|remove|create|deploy|install|uninstall|upgrade|apply|patch|set|change|update|edit|add|restart|roll ?(?:back|out)|undo|pause|resume|suspend|label|annotate|cordon|uncordon|drain|taint|expose|switch|fix|enable|disable|increase|decrease)\b|(?:tăng|giảm|xóa|xoá|tạo|cài|gỡ|nâng cấp|áp dụng|đổi|sửa|thêm|khởi động lại|quay lại|tạm dừng|gắn nhãn|mở rộng|thu nhỏ|bật|tắt|chuyển|đặt)/iu

/** A question word at the start asks about a change and not for one, as does a wish for words. */
const ASKS =
  /^(?:what|which|who|when|where|why|how|is|are|was|were|did|does|do|has|have|explain|describe|ai|khi nào|tại sao|vì sao|(?:hãy )?(?:giải thích|mô tả))(?![\p{L}\p{N}_])/iu

export function asksForChange(question: string): boolean {
  const asked = question.trim()
  return VERBS.test(asked) && !ASKS.test(asked) && !/(?:không|chưa)\?*$/iu.test(asked) && !isGeneral(asked)
}
