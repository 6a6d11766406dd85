/**
 * Output of the demo's containers. `{iso}`, `{clf}`, `{klog}`, `{redis}`, `{pg}` and `{slash}` stand for the line's
 * time in the real program's format.
 */
export interface LogScript {
  /** Startup lines: seconds after the start, and text. */
  start: [number, string][]
  /** Lines repeated in turn while the container runs, one every few seconds. */
  repeat?: { everySeconds: number; lines: string[] }
}

export const webLog: LogScript = {
  start: [
    [0, '/docker-entrypoint.sh: Configuration complete; ready for start up'],
    [1, '{slash} [notice] 1#1: nginx/1.27.3'],
    [1, '{slash} [notice] 1#1: start worker processes'],
  ],
  repeat: {
    everySeconds: 10,
    lines: [
      '10.244.1.1 - - [{clf}] "GET /healthz HTTP/1.1" 200 2 "-" "kube-probe/1.33"',
      '10.244.2.1 - - [{clf}] "GET / HTTP/1.1" 200 6132 "-" "Mozilla/5.0 (X11; Linux x86_64)"',
      '10.244.2.1 - - [{clf}] "GET /products?page=2 HTTP/1.1" 200 18240 "-" "Mozilla/5.0 (X11; Linux x86_64)"',
      '10.244.1.1 - - [{clf}] "GET /healthz HTTP/1.1" 200 2 "-" "kube-probe/1.33"',
      '{slash} [error] 29#29: *1841 connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://10.96.45.70:8080/cart"',
      '10.244.2.1 - - [{clf}] "GET /cart HTTP/1.1" 502 157 "-" "Mozilla/5.0 (X11; Linux x86_64)"',
    ],
  },
}

export const cartLog: LogScript = {
  start: [
    [0, '{iso} INFO  cart 2.4.0 starting'],
    [0, '{iso} INFO  connecting to redis at redis.shop.svc.cluster.local:6379'],
    [1, '{iso} WARN  attempt 1 of 3: dial tcp 10.96.249.222:6379: connect: connection refused'],
    [2, '{iso} WARN  attempt 2 of 3: dial tcp 10.96.249.222:6379: connect: connection refused'],
    [3, '{iso} WARN  attempt 3 of 3: dial tcp 10.96.249.222:6379: connect: connection refused'],
    [3, '{iso} ERROR cannot reach redis at redis.shop.svc.cluster.local:6379: connection refused'],
    [3, '{iso} FATAL no session store, exiting with status 1'],
  ],
}

export const redisLog: LogScript = {
  start: [
    [0, '1:C {redis} * Redis version=7.4.1, bits=64, commit=00000000, modified=0, pid=1, just started'],
    [0, '1:M {redis} * Running mode=standalone, port=6379.'],
    [0, '1:M {redis} * Ready to accept connections tcp'],
  ],
  repeat: { everySeconds: 1800, lines: ['1:M {redis} * Background saving terminated with success'] },
}

export const postgresLog: LogScript = {
  start: [
    [0, '{pg} [1] LOG:  starting PostgreSQL 16.6 on x86_64-pc-linux-musl, 64-bit'],
    [0, '{pg} [1] LOG:  listening on IPv4 address "0.0.0.0", port 5432'],
    [1, '{pg} [1] LOG:  database system is ready to accept connections'],
  ],
  repeat: {
    everySeconds: 300,
    lines: [
      '{pg} [27] LOG:  checkpoint starting: time',
      '{pg} [27] LOG:  checkpoint complete: wrote 43 buffers (0.3%); 0 WAL file(s) added, 0 removed, 0 recycled',
    ],
  },
}

export const migrateLog: LogScript = {
  start: [
    [0, '{iso} INFO  connecting to ledger-0.ledger.payments.svc.cluster.local:5432'],
    [1, '{iso} INFO  applying 0041_add_settlement_index.sql'],
    [19, '{iso} INFO  applying 0042_backfill_currency.sql'],
    [37, '{iso} INFO  2 migrations applied, schema is at version 42'],
  ],
}

export const prometheusLog: LogScript = {
  start: [
    [
      0,
      'time={iso} level=INFO source=main.go:674 msg="Starting Prometheus Server" mode=server version="(version=3.4.0)"',
    ],
    [1, 'time={iso} level=INFO source=main.go:1266 msg="Server is ready to receive web requests."'],
  ],
  repeat: {
    everySeconds: 900,
    lines: [
      'time={iso} level=INFO source=compact.go:610 msg="write block" component=tsdb duration=312.4ms',
      'time={iso} level=INFO source=head.go:1437 msg="Head GC completed" component=tsdb duration=9.1ms',
      'time={iso} level=WARN source=scrape.go:1919 msg="Scrape failed" target=http://cart.shop.svc:8080/metrics err="connection refused"',
    ],
  },
}

export const nodeExporterLog: LogScript = {
  start: [
    [0, 'time={iso} level=INFO source=node_exporter.go:216 msg="Starting node_exporter" version="(version=1.9.1)"'],
    [0, 'time={iso} level=INFO source=tls_config.go:347 msg="Listening on" address=[::]:9100'],
  ],
}

export const corednsLog: LogScript = {
  start: [
    [0, '.:53'],
    [0, '[INFO] plugin/reload: Running configuration SHA512 = 591cf328cccc12bc490481273e738df59329c62c0b729d94'],
    [0, 'CoreDNS-1.12.0'],
  ],
}

/** A component of Kubernetes itself, in klog's format. */
export function componentLog(source: string, ready: string): LogScript {
  return { start: [[0, `{klog}       1 ${source}] "${ready}"`]] }
}

/** The log of a container that a client created. */
export const writtenLog: LogScript = { start: [[0, '{iso} INFO  started']] }
