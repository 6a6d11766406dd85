/** General questions in Vietnamese, with and without accents. */
import { hasAccents } from './forms'
import type { GeneralForms } from './forms'
import { CONCEPT, NAME } from './vocabulary'

/** Stands for its kind: `một pod`, `Deployment`, `các taint`. */
const ANY = `(?:(?:một|mỗi) |(?:các |những )?(?:${CONCEPT}|\\w+ing)\\b)`

/** Asks for what only the cluster knows, also with `là gì`. */
const FACT = '(?:vấn đề|nguyên nhân|trạng thái|tình trạng|lý do|lỗi|sự cố|tên|phiên bản|địa chỉ)'

const forms = [
  `(?!.*${FACT}).*(?:là gì|làm gì|để làm gì|nghĩa là|có nghĩa)`,
  `${ANY}.*(?:hoạt động|cần|nên|có thể|hỗ trợ|bắt buộc|tự động|gồm|ra đời|có gì mới|lợi ích|ưu điểm|tác dụng|nhiệm vụ|chức năng)`,
  `${ANY} \\S+ \\S+.*(?:thế nào|ra sao)|${ANY}.*(?:dùng|có|cần|hỗ trợ) [^?]*nào$`,
  `.*khác (?:nhau|gì|biệt|với)|.*khác .*(?:thế nào|ra sao|điểm nào|chỗ nào)|sự khác`,
  `.*(?:hay|hoặc|với|và) .*(?:tốt|nên|dễ|nhanh) hơn|.*tốt hơn`,
  `thế nào là|(?:lệnh|cột|khái niệm|ý nghĩa|vai trò|mục đích|cú pháp|công dụng|lợi ích|ưu điểm|nhược điểm) `,
  `(?:giải thích|mô tả|định nghĩa|giới thiệu|so sánh)(?: cho (?:tôi|mình))?(?: về)? (?:${ANY}|sự |cơ chế|khác|cách|kiến trúc|khái niệm|vòng đời|quy trình)`,
  `(?:(?:nói|kể)(?: cho (?:tôi|mình))?(?: nghe| biết)?|cho (?:tôi|mình) biết) về ${ANY}|kể một`,
  `${ANY} sẽ .*(?:khi|nếu)|.*một .*(?:an toàn|được không)|làm (?:sao|thế nào) .*một `,
  `(?:nêu|kể|liệt kê) .*(?:ưu điểm|lợi ích|loại|cách|bước|thành phần)`,
  `(?:viết|dịch|hướng dẫn|gợi ý|cho(?: (?:tôi|mình))?(?: một)? (?:ví dụ|lời khuyên))`,
  `(?:viết|tạo|cấu hình|dùng|triển khai|cài|thiết lập) .*(?:thế nào|ra sao)`,
  `(?:khi|lúc) nào (?:nên|thì|cần|dùng|một|mỗi)|(?:điều|chuyện) gì (?:sẽ )?xảy ra (?:khi|nếu)`,
  `làm (?:sao|thế nào|cách nào) (?:để|tạo|viết|cấu hình|cài|dùng|thiết lập|triển khai|mở rộng|gỡ lỗi|debug|bảo mật|giới hạn|nâng cấp)`,
  `cách |có cách nào|có thể .*(?:một|nhiều|mỗi) `,
  `(?:tại|vì) sao (?:nên|cần|phải|lại cần|một|\\w*[A-Z]\\w* )`,
  `có cần |(?:có )?nên (?:dùng|đặt|lưu|chọn|chạy|viết|bật|tránh|học)|(?:dùng|đặt|chạy|lưu) .*nên`,
  `(?:có )?(?:bao nhiêu|mấy|những|các) loại|.*(?:hợp lý|tối đa|tối thiểu|mặc định)`,
  `ai (?:đã )?(?:tạo|phát triển|viết|phát minh)`,
]

const specific = [
  `của (?:tôi|mình)|chúng (?:tôi|ta)|tôi có|tôi cần`,
  `hiện (?:tại|giờ|nay|có|đang)|(?:^| )đang |\\bnày\\b|hôm (?:nay|qua)|tối qua|vừa (?:rồi|xong)|gần đây`,
  `\\bcụm\\b(?! kubernetes)|\\b(?:của|trong|vào|trên|ở|namespace) (?!một |mỗi |đâu|file|internet|${CONCEPT}\\b)[a-z]{2,}(?![\\p{L}])`,
  `(?:^|sao )(?!.*một ).*(?:hỏng|treo|chậm|bị lỗi|bất thường|tải)`,
  NAME,
]

const smallTalk = `(?:xin chào|chào|cảm ơn|cám ơn|tạm biệt|rất vui)[^?,]{0,30}$|bạn (?:là ai|có thể làm|làm được|giúp được|biết tiếng|nói tiếng|khỏe)`

const opening = `(?:(?:xin hỏi|cho (?:tôi|mình) hỏi|chào bạn|trong (?:kubernetes|k8s)|hãy|vui lòng|làm ơn|nhờ|(?:nhờ )?bạn(?: có thể)?),? +)+`

const state = `(?:tất cả|mọi|\\d+) (?:\\S+ ){0,3}(?:đang|đều (?:đang|chạy|ổn|tốt|khỏe|hoạt động|bình thường|sẵn sàng)|ổn|khỏe|sẵn sàng)|(?:hiện|không) có (?:\\d|pod|lỗi|sự cố)|cụm (?:của bạn )?(?:đang|ổn|khỏe|vẫn)|hệ thống (?:vẫn|đang)`

/** @param spell how the words are written: with accents, or folded */
function vietnamese(spell: (text: string) => string, isIn: (text: string) => boolean): GeneralForms {
  const whole = forms.map((form) => new RegExp(`^(?:${spell(form)})`, 'u'))
  const parts = specific.map((form) => new RegExp(spell(form), 'u'))
  return {
    isIn,
    isForm: (asked) => whole.some((form) => form.test(asked)),
    isSpecific: (asked) => parts.some((form) => form.test(asked)),
    smallTalk: new RegExp(`^(?:${spell(smallTalk)})`, 'u'),
    opening: new RegExp(`^${spell(opening)}`, 'iu'),
    state: new RegExp(spell(state), 'iu'),
  }
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd')
}

export const VIETNAMESE = vietnamese((text) => text, hasAccents)

/** As people type it in a hurry. */
export const PLAIN_VIETNAMESE = vietnamese(fold, (text) => !hasAccents(text))
