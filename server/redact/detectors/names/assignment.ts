import type { Detector } from '../../detector'
import { isTaken } from '../../values/taken'
import { valueOf } from '../../text/value'
import { atNames } from './named'

/** `password: x`, `token=x`, `"apiKey":"x"`, `--token=x`, `?access_token=x`, `password%3Dx`. */
export const assignment: Detector = {
  name: 'assignment',
  trigger: { kind: 'key', places: ['value'] },
  redact: atNames((text, key, out) => {
    const value = key.separator && valueOf(text, key, key.separator)
    if (!value) return key.end
    if (isTaken(key.name, key.promise, text.slice(value.start, value.end).trim(), value.evidence)) {
      out.add(value.start, value.end)
      return value.next
    }
    // A harmless value may contain a credential under another name.
    return key.end
  }),
  samples: {
    gone: [
      ['DB_PASSWORD=hunter2x', 'hunter2x'],
      ['PASSWORD_ADMIN=correcthorse', 'correcthorse'],
      ['spring.datasource.password: rmH5R0SVi5soQg', 'rmH5R0SVi5soQg'],
      ['{"user":"a","password":"a \\"b\\" c"}', 'b', ' c"'],
      [String.raw`{"msg":"{\"apiKey\":\"abc\"}"}`, 'abc'],
      ["{'password': 'hunter2', 'user': 'a'}", 'hunter2'],
      ["'password' => 'hunter2'", 'hunter2'],
      ['{:user=>"a", :password=>"cO3dAgOSPJ5G9F"}', 'cO3dAgOSPJ5G9F'],
      ['password -> qpaTUSbfP8m4yh', 'qpaTUSbfP8m4yh'],
      ['GET /x?a=1&access_token=abcd&b=2', 'abcd'],
      ['body=user%3Dadmin%26password%3DaPRAzBpe4Vm0Bn', 'aPRAzBpe4Vm0Bn'],
      ['next=%2Fcb%253Ftoken%253DTaakBGg27AZU3M', 'TaakBGg27AZU3M'],
      ['password: >-\n  EfLWB07O1pCrF2\nnext: 1', 'EfLWB07O1pCrF2'],
      ['Config { user: "a", password: "ToRKDJqg5jhCL2" }', 'ToRKDJqg5jhCL2'],
      ['user=x&amp;password=hunter2&amp;a=b', 'hunter2'],
      ['{&quot;password&quot;:&quot;hunter 2&quot;}', 'hunter'],
      ['pаsswоrd=2dpl6ALuXAAToc', '2dpl6ALuXAAToc'],
      ['mật khẩu: LFWvC9sUJuV7qK', 'LFWvC9sUJuV7qK'],
      ['пароль=LFWvC9sUJuV7qK', 'LFWvC9sUJuV7qK'],
      ['パスワード：LFWvC9sUJuV7qK', 'LFWvC9sUJuV7qK'],
      ['mot_de_passe: LFWvC9sUJuV7qK', 'LFWvC9sUJuV7qK'],
      ['Server=x;User Id=sa;Pwd=correcthorse!;Database=d', 'correcthorse!'],
      ['DATABASE_PASSWORD=${DB_PASSWORD:-hunter2}', 'hunter2'],
      ['Unseal Key 1: QzdNREowV1l0dzFoTjdjaEc1YlhNVWVp', 'QzdNREowV1l0dzFoTjdjaEc1YlhNVWVp'],
      ['**Password:** `hunter2x`', 'hunter2x'],
      [
        'Using generated security password: 8e557245-73e2-4286-969a-ff57fe326336',
        '8e557245-73e2-4286-969a-ff57fe326336',
      ],
      ['[Entrypoint] GENERATED ROOT PASSWORD: Axegh3kAJyDLaRuBemecis&EShOs', 'Axegh3kAJyDLaRuBemecis', 'EShOs'],
      ['[Entrypoint] GENERATED ROOT PASSWORD: 3Bw,+8R/d=7Wqx\n', '3Bw', '+8R/d=7Wqx'],
      ['{"log":"x GENERATED ROOT PASSWORD: ;Bw,+8R\\n","stream":"stderr"}', ';Bw', '+8R'],
      ['MYSQL_ROOT_PASSWORD=my-secret-pw', 'my-secret-pw'],
      ['    Environment:\n      MYSQL_ROOT_PASSWORD:  my_secret_pw\n', 'my_secret_pw'],
      ['password: enter-sandman\ntoken: put-it-there', 'enter-sandman', 'put-it-there'],
      ['{"password":"[hunter2]","tokens":"[\\"a1B2c3D4\\"]"}', 'hunter2', 'a1B2c3D4'],
      ['API_KEYS=k1-9f8e7d6c5b4a,k2-1a2b3c4d5e6f', 'k1-9f8e7d6c5b4a', 'k2-1a2b3c4d5e6f'],
      ['docker run -e API_KEYS=hunter2,letmein9 -p 80:80 x', 'hunter2', 'letmein9'],
      ['level=info apiKeys=hunter2,letmein9,user=app', 'hunter2', 'letmein9'],
      ['VAULT_SECRET_ID: ed0a642f-2acf-c2da-232f-1b21300d5f29', 'ed0a642f-2acf-c2da-232f-1b21300d5f29'],
      ['{"role_id":"a","secret_id":"ed0a642f-2acf-c2da-232f-1b21300d5f29"}', 'ed0a642f-2acf-c2da-232f-1b21300d5f29'],
      ['Accessor ID = 1\nSecret ID   = 4411f091-a4c9-48e6-0884-1fcb092da1c8', '4411f091-a4c9-48e6-0884-1fcb092da1c8'],
      ['login with secret_id: 4411f091-a4c9-48e6-0884-1fcb092da1c8', '4411f091-a4c9-48e6-0884-1fcb092da1c8'],
      ['Secret Key: wJalrXUt7nFx', 'wJalrXUt7nFx'],
      ['{"clientId":"shop","secret":"8e557245-73e2-4286-969a-ff57fe326336"}', '8e557245-73e2-4286-969a-ff57fe326336'],
    ],
    kept: [
      'password-policy: min-length-12',
      'secretName: shop-tls-2026',
      'automountServiceAccountToken: false',
      '{"usage":{"prompt_tokens":812,"max_token": 4096}}',
      'failed to refresh token: Unauthorized; invalid token: illegal base64 data at input byte 12',
      '--password=$(DB_PASSWORD) token: ${TOKEN} password: {{ .Values.password }}',
      'password: ""\ntoken: <none>\nsecret:',
      'tokenFile: /var/run/secrets/tokens/vault1\npasswordFile: /etc/pw/file2',
      'checksum/secret: 774a5ca29cd8673d40a60fc1e41adea7ce56b7eeb61f90720a636e70b354e9b5',
      'tokenizer=cl100k_base tokenization: bpe2',
      'PWD=/srv/App1 bypass: enabled',
      'SECRET= NEXT=1',
      'type Token::Kind = 5; auth::Mode',
      'secret_id: prod/db-credentials\nSECRET_ID=shop-Db-credentials-2026',
      'secret_id_accessor: 84896a0c-1347-aa90-a4f6-aca8b7558780\nrole_id: db02de05-fa39-4855-059b-67221c5c2f63',
      'API_KEYS=3\naccessTokens: 12\nSECRET_KEYS=username,password',
      'wrong password: 3 of 5 attempts; rejected (password: bad,value)',
      'reconciling secret: 92f525b7-521d-4c80-97b4-d184ed06aa38',
    ],
  },
}
