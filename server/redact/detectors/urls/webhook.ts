import type { Detector } from '../../detector'

const paths: readonly [trigger: string, rest: RegExp][] = [
  ['hooks.slack.com/', /(?:services|workflows|triggers)\/?/y],
  ['/services/t', /[A-Z0-9]{6,14}\/B[A-Z0-9]{6,14}\//y],
  ['discord.com/api/webhooks', /\/?/y],
  ['discordapp.com/api/webhooks', /\/?/y],
  ['.webhook.office.com/webhookb2', /\/?/y],
  ['api.telegram.org/bot', /\/?/y],
  ['chat.googleapis.com/v1/spaces/', /[\w-]{1,40}\/messages\?/y],
  ['hooks.zapier.com/hooks/catch', /\/?/y],
  ['events.pagerduty.com/integration', /\/?/y],
  ['maker.ifttt.com/', /trigger\/[\w-]{1,64}\/(?:json\/)?with\/key\//y],
  ['open.feishu.cn/open-apis/bot/v2/hook', /\/?/y],
  ['open.larksuite.com/open-apis/bot/v2/hook', /\/?/y],
  ['qyapi.weixin.qq.com/cgi-bin/webhook/send', /\?key=/y],
  ['oapi.dingtalk.com/robot/send', /\?access_token=/y],
  ['.logic.azure.com', /(?::443)?\/workflows\//y],
  ['hc-ping.com', /\//y],
  ['/v3/import/', /(?=[a-z0-9]{40})/y],
]
const rest = /[^\s"'<>`\\]{8,512}/y

/** A URL that grants access to a chat room, a flow or a cluster; its host stays. */
export const webhook: Detector = {
  name: 'webhook',
  trigger: { kind: 'words', words: paths.map(([trigger]) => trigger) },
  redact(text, hit, out) {
    const path = paths.find(([trigger]) => hit.word === trigger)?.[1]
    if (!path) return hit.end
    path.lastIndex = hit.end
    if (!path.test(text)) return hit.end
    rest.lastIndex = path.lastIndex
    const key = rest.exec(text)
    if (!key) return hit.end
    out.add(key.index, rest.lastIndex)
    return rest.lastIndex
  },
  samples: {
    gone: [
      ['https://hooks.slack.com/services/T0/B0/TgdOBy9ZojY6xLOOLAT5csWj', 'TgdOBy9ZojY6xLOOLAT5csWj'],
      ['POST /services/TRB7WIXV4/BYFBMJ8A0LJ/3yDBCGOjL6VgRQTZHoqadpGw HTTP/1.1', '3yDBCGOjL6VgRQTZHoqadpGw'],
      ['https://discord.com/api/webhooks/1234567890/a1B2c3D4ABCDEF', 'a1B2c3D4ABCDEF'],
      ['https://x.webhook.office.com/webhookb2/a1B2c3D4', 'a1B2c3D4'],
      ['https://api.telegram.org/bot6643160601:AAqVq_KbAMRpjXbdurL/getMe', 'AAqVq_KbAMRpjXbdurL'],
      [
        'https://rancher.shop/v3/import/m2rwz2nbpzlvmkhlj59ht8zp4dzblljcs6cbtpdc9jx294x6wqxr2g_c-m-abc.yaml',
        'm2rwz2nbpzlvmkhlj59ht8zp4dzblljcs6cbtpdc9jx294x6wqxr2g',
      ],
    ],
    kept: ['see https://hooks.slack.com/ and https://discord.com/api', 'POST /services/tasks', 'GET /v3/import/'],
  },
}
