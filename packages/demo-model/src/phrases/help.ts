/** The demo model's description of itself. */
import type { Language } from '../question/language'

/** The supported changes as a list. */
export const changes: Record<Language, string> = {
  en: `- "Scale NAME in NAMESPACE to 5", "Restart deployment NAME in NAMESPACE", "Roll back deployment NAME in NAMESPACE"
- "Set the image of deployment NAME in NAMESPACE to IMAGE", "Label deployment NAME in NAMESPACE with KEY=VALUE"
- "Cordon node NAME", "Uncordon node NAME", "Drain node NAME"
- "Delete pod NAME in NAMESPACE", "Delete namespace NAME"
- "Create configmap NAME in NAMESPACE with KEY=VALUE", "Create namespace NAME"
- "Install chart PATH as NAME in NAMESPACE", "Uninstall release NAME in NAMESPACE"`,
  vi: `- "Scale TÊN trong NAMESPACE lên 5", "Khởi động lại deployment TÊN trong NAMESPACE", "Hoàn tác deployment TÊN trong NAMESPACE"
- "Đặt image của deployment TÊN trong NAMESPACE thành IMAGE", "Gắn nhãn KHÓA=GIÁTRỊ cho deployment TÊN trong NAMESPACE"
- "Cordon node TÊN", "Bỏ cordon node TÊN", "Drain node TÊN"
- "Xóa pod TÊN trong NAMESPACE", "Xóa namespace TÊN"
- "Tạo configmap TÊN trong NAMESPACE với KHÓA=GIÁTRỊ", "Tạo namespace TÊN"
- "Cài đặt chart ĐƯỜNG_DẪN với tên TÊN trong NAMESPACE", "Gỡ release TÊN trong NAMESPACE"`,
}

export const help: Record<Language, string> = {
  en: `I am the demo model. I am rule-based and stand in for a language model. What I can answer, from the cluster's own data:

- list objects of any usual kind, everywhere or in a namespace: "Show me all pods", "List ingresses in namespace shop", "Which StatefulSets are there?"
- describe one, or show its YAML: "Describe statefulset NAME", "YAML of deployment NAME"
- show logs, also of the run before: "Logs of NAME", "Previous logs of NAME"
- show events and warnings, rollouts and Helm releases: "Any warnings in NAME?", "Rollout history of NAME", "Values of release NAME"
- show what pods or nodes use: "Top pods in namespace NAME"
- look for trouble: "What is wrong in namespace NAME?", "Why is NAME pending?"
- go on from there: "And its logs?", "And in payments?"

What I can ask to change, where you may approve it:

${changes.en}

For everything else, connect a model: set OLLAMA_BASE_URL to an Ollama server.`,
  vi: `Tôi là mô hình demo. Tôi hoạt động theo luật, thay cho một mô hình ngôn ngữ. Những gì tôi trả lời được, từ dữ liệu của chính cụm:

- liệt kê đối tượng thuộc mọi loại thông dụng, trong cả cụm hay một namespace: "Liệt kê tất cả pod", "Liệt kê ingress trong namespace shop", "Có những StatefulSet nào?"
- mô tả một đối tượng hoặc xem YAML: "Mô tả statefulset TÊN", "YAML của deployment TÊN"
- xem log, kể cả của lần chạy trước: "Xem log của TÊN", "Log lần chạy trước của TÊN"
- xem sự kiện và cảnh báo, rollout và release Helm: "Có cảnh báo nào trong TÊN không?", "Lịch sử rollout của TÊN"
- xem mức dùng CPU và bộ nhớ: "Top pod trong namespace TÊN"
- tìm sự cố: "Có gì sai trong namespace TÊN?", "Tại sao TÊN bị pending?"
- hỏi tiếp: "Còn log của nó?", "Còn payments thì sao?"

Những gì tôi có thể đề nghị thay đổi, khi bạn được quyền phê duyệt:

${changes.vi}

Với những câu hỏi khác, hãy kết nối một mô hình: đặt OLLAMA_BASE_URL trỏ tới một máy chủ Ollama.`,
}
