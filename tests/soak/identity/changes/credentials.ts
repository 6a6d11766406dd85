/** Credentials are renewed and the old ones are refused: the next question runs as the new user. */
import { chmodSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Change } from '../change'
import { base64 } from '../kubeconfig'
import type { UserEntry } from '../kubeconfig'
import { certificateUser, READERS, tokenUser } from '../side'
import type { World } from '../world'

/** Lifetime of the plugin's expiring token, in milliseconds. */
const SHORT_MS = 1500

const [FIRST, SECOND] = READERS

/** A login program that prints the value last passed to `show`. */
function createPlugin(folder: string): { user: UserEntry; show: (token: string, lifeMs?: number) => void } {
  const command = join(folder, 'login.sh')
  const credential = join(folder, 'credential.json')
  writeFileSync(command, `#!/bin/sh\nexec cat '${credential}'\n`)
  chmodSync(command, 0o700)
  const apiVersion = 'client.authentication.k8s.io/v1'
  return {
    user: { exec: { apiVersion, command, interactiveMode: 'Never' } },
    show: (token, lifeMs) => {
      const expirationTimestamp = lifeMs === undefined ? undefined : new Date(Date.now() + lifeMs).toISOString()
      const status = { token, expirationTimestamp }
      writeFileSync(`${credential}.new`, JSON.stringify({ apiVersion, kind: 'ExecCredential', status }))
      renameSync(`${credential}.new`, credential)
    },
  }
}

const noCertificates = ({ ours }: Pick<World, 'ours'>) =>
  ours.certificate ? undefined : 'TEST_CLIENT_CA and TEST_CLIENT_CA_KEY name no authority of client certificates'

export const CREDENTIAL_CHANGES: readonly Change[] = [
  {
    name: 'the token is renewed, the former one is revoked (cluster-5)',
    run: async (world) => {
      const [former, next] = [await world.ours.token(FIRST), await world.ours.token(SECOND)]
      await world.start({ user: { token: former.value } })
      await former.revoke()
      world.write(world.withUser({ token: next.value }))
      await world.expectOurs('after the renewal', tokenUser(SECOND, world.ours))
    },
  },
  {
    name: 'the token is wrong for a while',
    run: async (world) => {
      const [former, next] = [await world.ours.token(FIRST), await world.ours.token(SECOND)]
      await world.start({ user: { token: former.value } })
      world.write(world.withUser({ token: 'not-a-token' }))
      await world.expectError('with a wrong token', ['unauthorized'])
      world.write(world.withUser({ token: next.value }))
      await world.expectOurs('after the renewal', tokenUser(SECOND, world.ours))
    },
  },
  {
    name: 'the token is renewed together with use-context',
    run: async (world) => {
      const [former, next] = [await world.ours.token(FIRST), await world.ours.token(SECOND)]
      await world.start({ user: { token: former.value } })
      world.write({ ...world.withUser({ token: next.value }), currentContext: 'theirs' })
      await world.expectOurs('after both', tokenUser(SECOND, world.ours))
    },
  },
  {
    name: 'the token file is renewed, the former token is revoked',
    run: async (world) => {
      const [former, next] = [await world.ours.token(FIRST), await world.ours.token(SECOND)]
      const tokenFile = join(world.options.folder, 'token')
      writeFileSync(tokenFile, former.value)
      await world.start({ user: { tokenFile } })
      await former.revoke()
      writeFileSync(tokenFile, next.value)
      await world.expectOurs('after the renewal', tokenUser(SECOND, world.ours))
    },
  },
  {
    name: "the login program's token expires",
    run: async (world) => {
      const [former, next] = [await world.ours.token(FIRST), await world.ours.token(SECOND)]
      const plugin = createPlugin(world.options.folder)
      plugin.show(former.value, SHORT_MS)
      await world.start({ user: plugin.user })
      plugin.show(next.value, 60_000)
      await delay(SHORT_MS)
      await world.expectOurs('after the token expired', tokenUser(SECOND, world.ours))
    },
  },
  {
    name: "the login program's token is revoked before it expires",
    run: async (world) => {
      const [former, next] = [await world.ours.token(FIRST), await world.ours.token(SECOND)]
      const plugin = createPlugin(world.options.folder)
      plugin.show(former.value)
      await world.start({ user: plugin.user })
      await former.revoke()
      plugin.show(next.value)
      await world.expectOurs('after the token was revoked', tokenUser(SECOND, world.ours))
    },
  },
  {
    name: 'a token is replaced by a login program',
    run: async (world) => {
      const [former, next] = [await world.ours.token(FIRST), await world.ours.token(SECOND)]
      const plugin = createPlugin(world.options.folder)
      plugin.show(next.value)
      await world.start({ user: { token: former.value } })
      world.write(world.withUser(plugin.user))
      await world.expectOurs('after the replacement', tokenUser(SECOND, world.ours))
    },
  },
  {
    name: 'the client certificate is replaced in the kubeconfig',
    impossible: noCertificates,
    run: async (world) => {
      const entry = async (reader: (typeof READERS)[number]): Promise<UserEntry> => {
        const issued = await world.ours.certificate?.(reader)
        if (!issued) throw new Error('no certificate was issued')
        return { 'client-certificate-data': base64(issued.cert), 'client-key-data': base64(issued.key) }
      }
      await world.start({ user: await entry(FIRST) })
      world.write(world.withUser(await entry(SECOND)))
      await world.expectOurs('after the renewal', certificateUser(SECOND))
    },
  },
  {
    name: 'the files of the client certificate are replaced',
    impossible: noCertificates,
    run: async (world) => {
      const { folder } = world.options
      const [certificate, key] = [join(folder, 'client.crt'), join(folder, 'client.key')]
      const write = async (reader: (typeof READERS)[number]) => {
        const issued = await world.ours.certificate?.(reader)
        writeFileSync(certificate, issued?.cert ?? '')
        writeFileSync(key, issued?.key ?? '')
      }
      await write(FIRST)
      await world.start({ user: { 'client-certificate': certificate, 'client-key': key } })
      await write(SECOND)
      await world.expectOurs('after the renewal', certificateUser(SECOND))
    },
  },
]
