/** Which of its two languages a question is in. */
import { plain } from './text'

export type Language = 'en' | 'vi'

const LETTER = /[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ\u1ea0-\u1ef9]/iu
const PHRASE =
  /\b(liet ke|cho toi|cho xem|hien thi|danh sach|tat ca|nhat ky|mo ta|khong gian ten|tai sao|vi sao|co gi|van de|cua pod|su kien|canh bao|bao nhieu|nhung pod|cac pod|khoi dong lai|cai dat|nang cap|co gian|ban sao|lich su|trang thai|bo nho|lan truoc|thi sao)\b/
/** Without accents some are also English words: one alone proves nothing. */
const WORDS = new Set(
  `nao dang trong khong cua giup minh xem bi sao con cho toi voi nhe vay gi cac may duoc hay lam loi chay len xuong co no
  nay do ban nhat dung tren xoa tang giam`.split(/\s+/),
)

export function languageOf(question: string): Language {
  if (LETTER.test(question.normalize('NFC'))) return 'vi'
  const text = plain(question)
  const words = new Set(text.split(/[^a-z0-9-]+/).filter((word) => WORDS.has(word)))
  return PHRASE.test(text) || words.size >= 2 ? 'vi' : 'en'
}
