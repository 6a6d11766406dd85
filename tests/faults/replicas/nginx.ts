/** nginx before two replicas: pages stay on one, by a cookie, as an Ingress with cookie affinity does it. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startProgram } from '../../support/app'
import { listens } from '../../support/app/network'

export const hasNginx = spawnSync('nginx', ['-v']).status === 0

export interface Proxy {
  url: string
  close: () => Promise<void>
}

/** @param ports of the replicas; the cookie `replica` names one by its index. A dead one's requests go to the other. */
export async function startNginx([one, two]: readonly [number, number]): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'assistant-nginx-'))
  const port = await freePort()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  // A killed replica is back in seconds: it is tried again with each request.
  const upstream = (name: string, first: number, second: number) =>
    `upstream ${name} { server 127.0.0.1:${first} max_fails=0; server 127.0.0.1:${second} max_fails=0 backup; }`
  const config = `
daemon off;
pid ${folder}/nginx.pid;
error_log stderr error;
events { worker_connections 512; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  ${upstream('r0', one, two)}
  ${upstream('r1', two, one)}
  map $cookie_replica $replicas { default r0; 1 r1; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://$replicas;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_read_timeout 300s;
    }
  }
}
`
  const file = join(folder, 'nginx.conf')
  await writeFile(file, config)
  const program = startProgram('nginx', ['-c', file, '-p', folder, '-e', 'stderr'], {})
  await program.until('listening', () => listens(port))
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await program.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
