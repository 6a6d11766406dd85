import type { Detector } from '../../detector'
import { charSet } from '../../text/chars'
import { wordAt } from '../../text/words'
import { readQuoted } from '../../text/quoted'
import { looksRandom } from '../../values/generated'
import { isHarmless } from '../../values/harmless'

/** Maximum distance between program and option. */
const FARTHEST = 300

/** Separators between words of a command: blanks, or the punctuation of a JSON list. */
const GAP = String.raw`(?:[ \t]{1,8}|["'],[ \t]{0,8}["']|\n[ \t]{0,40}(?:-[ \t])?)["']?`

interface Program {
  names: readonly string[]
  /** The text up to the value, from the gap before the option. */
  option: RegExp
  /** Requires a value that looks generated, since the option is ambiguous. */
  isRandom?: boolean
}

const option = (pattern: string): RegExp => new RegExp(GAP + pattern, 'g')
const user = option(
  String.raw`(?:-u|--user|--creds|--src-creds|--dest-creds|-U|--proxy-user|--auth|-a)[ =]?(?:["'],[ \t]{0,8})?["']?[^\s:"'/%]{0,128}[:%](?=[^\s/])`,
)

const PROGRAMS: readonly Program[] = [
  {
    names: [
      'curl',
      'wget',
      'http',
      'https',
      'skopeo',
      'helm',
      'httpie',
      'etcdctl',
      'smbclient',
      'rpcclient',
      'crane',
      'oras',
      'nexus',
      'ab',
    ],
    option: user,
  },
  {
    names: ['mysql', 'mysqladmin', 'mysqldump', 'mariadb', 'mariadb-admin', 'mariadb-dump', 'mysqlimport', 'mysqlsh'],
    option: option(String.raw`-p["']?(?=[^\s"'-])`),
  },
  { names: ['sshpass'], option: option(String.raw`-p[ ]?["']?(?=[^\s"'-])`) },
  {
    names: [
      'docker',
      'podman',
      'nerdctl',
      'buildah',
      'mongo',
      'mongosh',
      'mongodump',
      'mongorestore',
      'oc',
      'az',
      'cf',
      'vault',
      'mosquitto_pub',
      'mosquitto_sub',
      'clickhouse-client',
      'unzip',
      '7z',
      'ipmitool',
      'plink',
      'pscp',
      'sqlcmd',
      'bcp',
      'osql',
      'isql',
      'rabbitmqadmin',
      'ldapmodify',
      'crictl',
    ],
    option: option(String.raw`(?:-p|-P|-pw)(?:[ =]|["'],[ \t]{0,8}["'])["']?(?=[^\s"'-])(?!\d{1,5}(?:[:/]\d|\s|$))`),
  },
  {
    names: ['redis-cli', 'valkey-cli', 'keydb-cli', 'memtier_benchmark', 'redis-benchmark'],
    option: option(String.raw`-a(?:[ =]|["'],[ \t]{0,8}["'])["']?(?=[^\s"'-])`),
  },
  {
    names: ['ldapsearch', 'ldapadd', 'ldapmodify', 'ldapwhoami', 'ldappasswd', 'ldapdelete', 'kinit', 'impacket'],
    option: option(String.raw`-w(?:[ =]|["'],[ \t]{0,8}["'])["']?(?=[^\s"'-])`),
  },
  {
    names: ['openssl', 'cosign', 'step', 'keytool', 'jarsigner'],
    option: option(
      String.raw`-(?:passin|passout|pass|k|K|password|storepass|keypass)[ =]["']?(?:pass:)?(?=[^\s"'-])(?!(?:env|file|fd|stdin):?)`,
    ),
  },
  {
    names: ['snmpwalk', 'snmpget', 'snmpbulkwalk', 'snmpset'],
    option: option(String.raw`-[cAX][ ]?["']?(?=[^\s"'-])`),
  },
  { names: ['net'], option: /\buse[ \t]{1,8}\\\\\S{1,128}[ \t]{1,8}(?=[^\s/])/g, isRandom: true },
  {
    names: ['mc'],
    option:
      /\b(?:alias[ \t]{1,4}set|config[ \t]{1,4}host[ \t]{1,4}add)[ \t]{1,8}\S{1,64}[ \t]{1,8}\S{1,200}[ \t]{1,8}\S{1,128}[ \t]{1,8}(?=\S)/g,
  },
  {
    names: ['htpasswd'],
    option: /[ \t]-\w{0,6}b\w{0,6}[ \t]{1,4}(?:-\w[ \t]{1,4}){0,3}(?:\S{1,200}[ \t]{1,4})?\S{1,80}[ \t]{1,4}(?=\S)/g,
  },
  {
    names: ['rabbitmqctl'],
    option: /\b(?:add_user|change_password|authenticate_user)[ \t]{1,4}\S{1,80}[ \t]{1,4}(?=\S)/g,
  },
  {
    names: ['vault', 'bao'],
    option: /\blogin[ \t]{1,4}(?:-\S{1,40}[ \t]{1,4}){0,3}(?=[^\s-])(?!\S{0,80}=)/g,
    isRandom: true,
  },
  { names: ['mysqladmin'], option: /\bpassword[ \t]{1,4}["']?(?=[^\s"'-])/g },
  { names: ['chpasswd'], option: /\becho[ \t]{1,4}(?:-\w[ \t]{1,4})?["']?[\w.-]{1,64}:(?=\S)/g },
  {
    names: ['sqlplus', 'impdp', 'expdp', 'sqlldr', 'rman'],
    option: /[ \t](?:-\w[ \t]{1,4}){0,2}[\w$#]{1,64}\/(?=[^\s/@])/g,
  },
  { names: ['lftp'], option: /[ \t]-u[ ]?[\w.-]{1,64},(?=\S)/g },
  { names: ['rclone'], option: /\bobscure[ \t]{1,4}(?=\S)/g },
  { names: ['ssh-keygen'], option: /[ \t]-[NP][ ]["']?(?=[^\s"'-])/g },
  { names: ['aws'], option: /\bconfigure[ \t]{1,4}set[ \t]{1,4}(?:\S{1,80}\.)?aws_secret_access_key[ \t]{1,4}(?=\S)/g },
]

const byName = new Map<string, Program[]>()
for (const program of PROGRAMS)
  for (const name of program.names) byName.set(name, [...(byName.get(name) ?? []), program])

/** How far before its program the argument may be. */
const LONGEST_PIPE = 100

const inName = charSet(/[\w.-]/)
const afterName = charSet(/[\s"']/)
const mayEnd = charSet(/[;|&\n]/)
const ends = /[;|](?!\|)|&&|\n(?![ \t]*-[ \t]?-|[ \t]{2,})/y

/** Programs whose argument precedes them. */
const programsBefore = new Set(['chpasswd'])

/** Short options that mean a password only for certain programs: `curl -u a:x`, `mysql -px`, `redis-cli -a x`. */
export const shortOption: Detector = {
  name: 'short option',
  trigger: { kind: 'words', words: [...byName.keys()] },
  redact(text, hit, out) {
    if (inName[text.charCodeAt(hit.start - 1)] === 1 || inName[text.charCodeAt(hit.end)] === 1) return hit.end
    // Options follow on the same line, or as items of a list.
    if (afterName[text.charCodeAt(hit.end)] !== 1 && !programsBefore.has(hit.word)) return hit.end
    const programs = byName.get(hit.word)
    if (!programs) return hit.end
    const isPiped = programsBefore.has(programs[0]?.names[0] ?? '')
    const back = isPiped ? Math.max(0, hit.start - LONGEST_PIPE) : hit.end
    const command = isPiped ? text.slice(back, hit.start) : commandAfter(text, hit.end)
    for (const program of programs) {
      const { option: pattern, isRandom } = program
      pattern.lastIndex = 0
      for (let match = pattern.exec(command); match; match = pattern.exec(command)) {
        const at = back + pattern.lastIndex
        const quoted = readQuoted(text, at)
        const start = quoted?.start ?? at
        const value = quoted ? text.slice(quoted.start, quoted.end) : wordAt(text, at)
        const isValue = value !== '' && !/^(?:-|\$)/.test(value) && !isHarmless(value)
        if (isValue && (!isRandom || looksRandom(value))) out.add(start, start + value.length)
        if (pattern.lastIndex === match.index) pattern.lastIndex++
      }
    }
    return hit.end
  },
  samples: {
    gone: [
      ['curl -u admin:hunter2 https://x', 'hunter2'],
      ['curl -uadmin:U7RvlkXN9ZLZ7v http://x', 'U7RvlkXN9ZLZ7v'],
      ['["curl","-u","admin:hunter2"]', 'hunter2'],
      ['mysql -uroot -phunter2 db', 'hunter2'],
      ['    Args:\n      -c\n      mysql -uroot -pRbR6sFAjK0aQ27 -e 1\n', 'RbR6sFAjK0aQ27'],
      ["sshpass -p 'hunter 2' ssh host", 'hunter 2'],
      ['redis-cli -a hunter2 ping', 'hunter2'],
      ['command: ["redis-cli", "-a", "hunter2", "ping"]', 'hunter2'],
      ['+ docker login r.shop -u ci -p hunter2', 'hunter2'],
      ['ldapsearch -x -D cn=admin -w hunter2 -b dc=x', 'hunter2'],
      ['openssl rsa -passin pass:hunter2 -in k.pem', 'hunter2'],
      ['mc alias set local http://minio:9000 admin hunter2', 'hunter2'],
      ['net use \\\\srv\\share GRIwHiuG5Iq388 /user:dom\\adm', 'GRIwHiuG5Iq388'],
      ['echo "root:hunter2" | chpasswd', 'hunter2'],
      ['htpasswd -bc /etc/ht admin hunter2', 'hunter2'],
      ['rabbitmqctl add_user admin hunter2', 'hunter2'],
    ],
    kept: [
      'docker run -u 1000:1000 -p 8080:80 nginx -a stdout',
      'kubectl port-forward -p 8080 svc/web; ssh -p 2222 host',
      'curl -u "$USER:$PASS" https://x',
      'mysql -p db',
      'docker login -u ci --password-stdin',
      'net use is a command of Windows',
      'openssl rsa -passin env:PW -in k.pem',
      'helm upgrade -f values.yaml --user=me chart',
    ],
  },
}

/** A command ends with its line, unless its words are lines of a list. */
function commandAfter(text: string, at: number): string {
  const last = Math.min(text.length, at + FARTHEST)
  for (let end = at; end < last; end++) {
    if (mayEnd[text.charCodeAt(end)] !== 1) continue
    ends.lastIndex = end
    if (ends.test(text)) return text.slice(at, end)
  }
  return text.slice(at, last)
}
