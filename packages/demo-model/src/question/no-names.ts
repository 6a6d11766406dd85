/** Words at a name's position that are not names. */
import { KIND_WORDS } from './kinds'

const ENGLISH = `a about actual again all also an and any anything app application apps are as ask at available back bad be been before below
  best between broken busy but by can cause caused chart cluster clusters command configuration container containers contain contents
  cpu crash crashed crashes crashing crashloop crashloopbackoff current currently data day days deployed describe desired detail
  details did different do does doing done down during each end error errors ever every everything exactly exist exists expose exposed exposes external
  fail failed failing failure fails fields file find finished first for free from full get give go going good happen happened
  happening has have healthy helm help here high history hour how i id if image images in info information inside installed ip is
  issue issues it its just keep keeps kind know kubernetes k8s label labels last latest limit limits line lines list load log
  logging logs long lot machine main manifest many me memory message messages minute minutes more most my name named names need
  network new newest next no normal not now number of off ok old oldest on one ones only open or other our out output over own
  pending percent please point port ports previous problem problems process pull ram ready really reason recent recently related
  release releases replica replicas request requests resource resources restart restarted restarting restarts result revision
  right rollout rollouts run running same scale schedule scheduled scheduling see server set setup should show since size so
  some something space spec specific start started starting state status still stop stopped storage stuck such system tail that
  the their them then there these they thing things this those time to today too top total trouble type unhealthy up us usage use
  used uses using value values version very want was way we well went were what when where whether which while who whole why will
  with work working would wrong yaml yesterday you your`
const VIETNAMESE = `ai anh ban bao bi bo cac cach cai can canh cao cau cham chay chi chinh cho chua chung co con cu cua cum cung dang dau day de
  dem den di dieu do doan dong dung duoc em gan gap gay gi gia giai gio giup giu han hay he hien hieu hoat hoi hong khac khi
  khoi khong ky la lai lam lan len lich lo loi lop luc luong may mau minh mo moi mot muc nang nao nay nen neu nguyen nhan nhat nhe
  nhieu nho nhu nhung no o ok on phai phan phien phut qua ra rat roi sai san sao so su ta tai tang tao tat ten the theo them thi
  thoi thong thu thuoc tim tinh toan toi ton tra trang treo tren trong truoc truy tu tung tuong va van vao vay ve vi viec vo voi
  vua xay xem xoa xong xuong y`

const WORDS = new Set(`${ENGLISH} ${VIETNAMESE}`.split(/\s+/))
const KINDS = new RegExp(`^(?:${KIND_WORDS})$`)

export function isNoName(word: string): boolean {
  return WORDS.has(word) || KINDS.test(word)
}
