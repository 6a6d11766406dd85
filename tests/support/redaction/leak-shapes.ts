/** Credentials in many shapes: a name in some language, a grammar that gives it a value, and a kind of value. */
import type { Random } from './random'

export interface LeakShape {
  name: string
  text: string
  secret: string
}

/** Names under which any value is a credential. */
export const PASSWORD_NAMES = [
  ...['password', 'PASSWORD', 'DB_PASSWORD', 'dbPassword', 'db-password', 'spring.datasource.password', 'rootPassword'],
  ...[
    'PGPASSWORD',
    'MYSQL_ROOT_PASSWORD',
    'smtp_pass',
    'ADMIN_PWD',
    'passphrase',
    'ansible_become_pass',
    'PASSWORD_ADMIN',
  ],
  ...[
    'keystorePassword',
    'ssl.truststore.password',
    'ldap_bind_password',
    'password2',
    'REDIS_PASSWD',
    'user.password.value',
  ],
  ...['passwort', 'Kennwort', 'mot_de_passe', 'motDePasse', 'contraseña', 'contrasena', 'senha', 'palavra-passe'],
  ...[
    'mật khẩu',
    'mat_khau',
    'matKhau',
    'MẬT_KHẨU',
    'пароль',
    'ПАРОЛЬ',
    'db_пароль',
    'wachtwoord',
    'lösenord',
    'hasło',
  ],
  ...[
    'heslo',
    'jelszó',
    'şifre',
    'parola',
    'salasana',
    'κωδικός',
    'סיסמה',
    'パスワード',
    '密码',
    '비밀번호',
    'รหัสผ่าน',
    'पासवर्ड',
  ],
  ...['pаsswоrd', 'ｐａｓｓｗｏｒｄ', 'PАSSWОRD', '𝐩𝐚𝐬𝐬𝐰𝐨𝐫𝐝', 'раѕѕwоrd'],
] as const

/** Names whose value is one unless it is a number. */
export const TOKEN_NAMES = [
  ...['token', 'API_TOKEN', 'accessToken', 'refresh_token', 'api_key', 'apiKey', 'X-API-Key', 'AWS_SECRET_ACCESS_KEY'],
  ...['client_secret', 'CLIENT_SECRET', 'private_key', 'SIGNING_KEY', 'encryption-key', 'session_key', 'jwt_secret'],
  ...[
    'VAULT_TOKEN',
    'API_KEYS',
    'encryptionKeys',
    'access-tokens',
    'auth_token',
    'licenseKey',
    'токен',
    'jeton',
    '令牌',
    'トークン',
    'khóa_bí_mật',
    'тоkеn',
    'AccountKey',
  ],
] as const

interface Grammar {
  name: string
  write: (key: string, value: string) => string
  /** The name has to be one word of these letters. */
  isWord?: boolean
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)
const indented = (text: string, by: number): string => text.replace(/^/gm, ' '.repeat(by))
const configMap = (body: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  app.conf: |\n${indented(body, 4)}\n`

export const GRAMMARS: readonly Grammar[] = [
  { name: 'YAML', write: (key, value) => `user: app\n${key}: ${value}\nport: 80` },
  { name: 'YAML quoted', write: (key, value) => `"${key}": "${value}"\nport: 80` },
  { name: 'YAML single-quoted', write: (key, value) => `'${key}': '${value}'\nport: 80` },
  { name: 'YAML block', write: (key, value) => `${key}: |-\n  ${value}\nport: 80` },
  { name: 'YAML next line', write: (key, value) => `${key}:\n  ${value}\nport: 80` },
  { name: 'YAML list item', write: (key, value) => `users:\n- name: a\n  ${key}: ${value}\n- name: b` },
  { name: 'YAML flow', write: (key, value) => `user: {name: a, ${key}: ${value}, port: 80}` },
  { name: 'YAML anchor', write: (key, value) => `${key}: &pw ${value}\nport: 80` },
  { name: 'YAML tag', write: (key, value) => `${key}: !!str ${value}\nport: 80` },
  { name: 'YAML explicit key', write: (key, value) => `? ${key}\n: ${value}\nport: 80` },
  { name: 'YAML in a ConfigMap', write: (key, value) => configMap(`db:\n  ${key}: ${value}`) },
  { name: 'YAML schema', write: (key, value) => `properties:\n  ${key}:\n    type: string\n    default: ${value}` },
  {
    name: 'env in YAML',
    write: (key, value) => `env:\n- name: ${key}\n  value: ${value}\n- name: PORT\n  value: "80"`,
  },
  {
    name: 'env in YAML, value first',
    write: (key, value) => `env:\n- value: ${value}\n  name: ${key}\n- value: "80"\n  name: PORT`,
  },
  { name: 'env in flow', write: (key, value) => `env: [{name: ${key}, value: "${value}"}]` },
  { name: 'JSON', write: (key, value) => `{"user":"a","${key}":"${value}","port":80}` },
  { name: 'JSON with blanks', write: (key, value) => `{\n  "user" : "a",\n  "${key}" : "${value}"\n}` },
  {
    name: 'JSON within JSON',
    write: (key, value) => JSON.stringify({ msg: JSON.stringify({ [key]: value, port: 80 }) }),
  },
  {
    name: 'JSON thrice',
    write: (key, value) => JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ [key]: value }) }) }),
  },
  { name: 'JSON list', write: (key, value) => `{"${key}":["${value}","x"]}` },
  {
    name: 'JSON object with value',
    write: (key, value) => `{"outputs":{"${key}":{"sensitive":true,"value":"${value}"}}}`,
  },
  { name: 'JSON name and value', write: (key, value) => `[{"name":"${key}","value":"${value}"}]` },
  { name: 'JSON key and value', write: (key, value) => `[{"key":"${key}","value":"${value}"}]` },
  { name: 'JSON cut off', write: (key, value) => `{"user":"a","${key}":"${value}` },
  { name: 'properties', write: (key, value) => configMap(`user=a\n${key}=${value}\nport=80`) },
  { name: 'ini', write: (key, value) => configMap(`[db]\nuser = a\n${key} = ${value}\n`) },
  { name: 'ini with a quote', write: (key, value) => configMap(`[db]\n${key} = "${value}"\n`) },
  { name: 'env file', write: (key, value) => `PATH=/bin\nexport ${key}=${value}\nHOME=/`, isWord: true },
  { name: 'env in a line', write: (key, value) => `env: PATH=/bin;${key}=${value};HOME=/` },
  {
    name: 'env with NUL',
    write: (key, value) => `USER=x\u0000${key.toUpperCase()}=${value}\u0000HOME=/`,
    isWord: true,
  },
  { name: 'log of Go', write: (key, value) => `time=now level=info msg="ok" ${key}=${value} user=a` },
  { name: 'log of Go, quoted', write: (key, value) => `time=now level=info ${key}="${value}" user=a` },
  { name: 'log with a sentence', write: (key, value) => `2026-11-29 INFO using ${key}: ${value} for db` },
  { name: 'Python', write: (key, value) => `{'user': 'a', '${key}': '${value}'}` },
  { name: 'Python keyword', write: (key, value) => `connect(host='x', ${key}='${value}')` },
  { name: 'PHP', write: (key, value) => `['user' => 'x', '${key}' => '${value}'],` },
  { name: 'PHP define', write: (key, value) => `define('${key}', '${value}');` },
  { name: 'Ruby', write: (key, value) => `{:user=>"a", :${key}=>"${value}"}` },
  { name: 'Java toString', write: (key, value) => `DataSource(url=jdbc:x, ${key}=${value}, pool=5)` },
  { name: 'Java setProperty', write: (key, value) => `props.setProperty("${key}", "${value}");` },
  { name: 'Rust', write: (key, value) => `Config { user: "a", ${key}: "${value}" }` },
  { name: 'Go assignment', write: (key, value) => `${key} := "${value}"`, isWord: true },
  { name: 'Go map', write: (key, value) => `map[user:a ${key}:${value} z:1]` },
  { name: 'HCL', write: (key, value) => `resource "x" "y" {\n  ${key} = "${value}"\n}`, isWord: true },
  { name: 'HCL variable', write: (key, value) => `variable "${key}" {\n  type = string\n  default = "${value}"\n}` },
  { name: 'TOML', write: (key, value) => `[db]\n"${key}" = "${value}"\n` },
  { name: 'XML element', write: (key, value) => `<db><user>a</user><${key}>${value}</${key}></db>`, isWord: true },
  { name: 'XML element with attributes', write: (key, value) => `<${key} type="s">${value}</${key}>`, isWord: true },
  { name: 'XML CDATA', write: (key, value) => `<${key}><![CDATA[${value}]]></${key}>`, isWord: true },
  { name: 'XML attribute', write: (key, value) => `<Connector ${key}="${value}" port="8443"/>`, isWord: true },
  { name: 'XML add', write: (key, value) => `<add key="${key}" value="${value}" />` },
  { name: 'XML entry', write: (key, value) => `<entry key="${key}">${value}</entry>` },
  { name: 'XML escaped', write: (key, value) => `&lt;${key}&gt;${value}&lt;/${key}&gt;`, isWord: true },
  { name: 'HTML entities', write: (key, value) => `{&quot;${key}&quot;:&quot;${value}&quot;}` },
  { name: 'URL query', write: (key, value) => `GET /x?a=1&${key}=${value}&b=2 HTTP/1.1`, isWord: true },
  { name: 'URL fragment', write: (key, value) => `302 /cb#state=1&${key}=${value}`, isWord: true },
  { name: 'form body', write: (key, value) => `body=user%3Da%26${key}%3D${value}%26x%3D1`, isWord: true },
  { name: 'form body, twice encoded', write: (key, value) => `next=%2Fcb%253F${key}%253D${value}%2526x`, isWord: true },
  { name: 'encoded JSON', write: (key, value) => `q=%7B%22${key}%22%3A%22${value}%22%7D`, isWord: true },
  { name: 'connection string', write: (key, value) => `Server=x;User Id=sa;${key}=${value};Database=d` },
  { name: 'JDBC', write: (key, value) => `jdbc:postgresql://db/x?user=a&${key}=${value}&ssl=true`, isWord: true },
  { name: 'mount options', write: (key, value) => `mountOptions: "username=x,${key}=${value},vers=3.0"` },
  { name: 'flag with =', write: (key, value) => `app --${key}=${value} --v=2` },
  { name: 'flag with blank', write: (key, value) => `app --${key} ${value} --v=2`, isWord: true },
  { name: 'flag in quotes', write: (key, value) => `app --${key} '${value}' --v=2`, isWord: true },
  { name: 'flags in a JSON list', write: (key, value) => `["app","--${key}","${value}","--v"]`, isWord: true },
  { name: 'flags in a YAML list', write: (key, value) => `args:\n- --${key}\n- ${value}\n- --v=2`, isWord: true },
  {
    name: 'flags in kubectl describe',
    write: (key, value) => `    Args:\n      --${key}\n      ${value}\n      --v=2\n`,
    isWord: true,
  },
  {
    name: 'kubectl describe env',
    write: (key, value) => `    Environment:\n      USER:   app\n      ${key}:   ${value}\n    Mounts: <none>`,
  },
  {
    name: 'kubectl describe ConfigMap',
    write: (key, value) => `Data\n====\n${key}:\n----\n${value}\n\nBinaryData\n====\n`,
  },
  { name: 'CSV', write: (key, value) => `user,${key},age\nadmin,${value},3\n` },
  { name: 'CSV in quotes', write: (key, value) => `"user","${key}"\n"admin","${value}"` },
  { name: 'psql', write: (key, value) => ` user  | ${key} \n-------+------\n admin | ${value}\n(1 row)` },
  { name: 'mysql \\G', write: (key, value) => `*** 1. row ***\n    user: a\n${key}: ${value}\n` },
  { name: 'Markdown table', write: (key, value) => `| user | ${key} |\n|---|---|\n| a | ${value} |` },
  { name: 'Markdown', write: (key, value) => `- **${key}:** \`${value}\`` },
  { name: 'header', write: (key, value) => `curl -H "${key}: ${value}" https://x`, isWord: true },
  { name: 'headers of Go', write: (key, value) => `map[Accept:[*/*] ${key}:[${value}]]` },
  { name: 'arrow', write: (key, value) => `${key} -> ${value}` },
  { name: 'escaped line', write: (key, value) => `{"log":"${escaped(`user=a\n${key}=${value}\nx=1`)}"}` },
  { name: 'unicode escape', write: (key, value) => `${key}\\u003d${value}\\u0026x\\u003d1`, isWord: true },
  { name: 'base64', write: (key, value) => `blob ${Buffer.from(`user=app\n${key}=${value}\n`).toString('base64')}` },
  {
    name: 'base64 twice',
    write: (key, value) =>
      Buffer.from(Buffer.from(`user=app\n${key}=${value}\n`).toString('base64')).toString('base64'),
  },
  { name: 'shell default', write: (key, value) => `echo \${${key}:-${value}}`, isWord: true },
  { name: 'fullwidth colon', write: (key, value) => `${key}：${value}` },
  { name: 'Dockerfile', write: (key, value) => `FROM x\nENV ${key}=${value}\nRUN y`, isWord: true },
  { name: 'docker run', write: (key, value) => `docker run -e ${key}=${value} -d x`, isWord: true },
  { name: 'kubectl set env', write: (key, value) => `kubectl set env deploy/x ${key}=${value}`, isWord: true },
  { name: 'helm --set', write: (key, value) => `helm upgrade x y --set db.${key}=${value},a=b`, isWord: true },
]

/** What people and programs choose as a credential. */
const VALUES: Readonly<Record<string, (random: Random) => string>> = {
  generated: (random) => `${random.letters(8)}q7K${random.letters(3)}`,
  long: (random) => `x9${random.letters(38)}`,
  hexadecimal: (random) => `a7${random.letters(30, '0123456789abcdef')}`,
  'small letters': (random) => `k4${random.letters(12, 'bcdfghjkmnpqrtvwxz0123456789')}`,
  'a word and a number': (random) => `${random.of(['tiger', 'winter', 'hanoi', 'zebra'])}${1000 + random.below(9000)}`,
  'with signs': (random) => `${random.letters(6)}!9_${random.letters(4)}`,
}

/** Every name of the list with every grammar in turn, each with a value of some kind. */
export function leakShapes(random: Random, names: readonly string[]): LeakShape[] {
  const kinds = Object.entries(VALUES)
  return GRAMMARS.flatMap((grammar, row) =>
    names
      .filter((name) => !grammar.isWord || /^[\p{L}\p{M}\p{N}_-]+$/u.test(name))
      .map((key, column): LeakShape => {
        const [kind, make] = kinds[(row + column) % kinds.length] ?? ['', () => '']
        const value = make(random)
        const text = grammar.write(key, value)
        const isEncoded = grammar.name.startsWith('base64')
        const secret = isEncoded ? (text.split(' ').at(-1) ?? text).replace(/=+$/, '') : value
        return { name: `${grammar.name} · ${key} · ${kind}`, text, secret }
      }),
  )
}
