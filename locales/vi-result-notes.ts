/** Notes of results in Vietnamese, by their code. A code that is not here is shown in the server's English. */
export const viResultNotes: Record<string, string> = {
  'namespaces-denied':
    'Đã đọc {readCount} trên {total} namespace: {read}. Người dùng {user} không được phép liệt kê {plural} trong các namespace khác: {unread}.',
  'namespaces-hidden':
    'Chỉ đọc {read}; người dùng {user} không được phép liệt kê {plural} của mọi namespace, nên không thấy các namespace khác. Đây không phải là tổng số.',
  'namespaces-excluded': 'Người vận hành đã loại trừ các namespace này: {namespaces}.',
  'changed-while-reading': 'Danh sách đã thay đổi trong lúc đọc: kết quả chưa đầy đủ.',
  'several-groups': 'Đã đọc {kind} của {used}. Kind này cũng có trong {others}.',

  'usage-sum': 'Tổng cộng {count} dòng: CPU {cpu}, bộ nhớ {memory}',
  'metrics-partial': '{count} trên {total} hiện không có số liệu: {names}',

  'no-pods': '{owner} không có pod nào.',
  'no-previous-run': 'Container {container} chưa có lần chạy nào trước đó.',
  'log-time-utc': 'Thời điểm được hiểu theo UTC: {time}.',
  'log-zone': 'Đồng hồ trong các dòng log theo múi giờ {zone}.',

  'helm-values-cut': 'Chỉ hiện {shown} trên {of} dòng values.',
  'helm-charts-not-read': 'Chỉ đọc chart của {read} trên {of} release.',
}
