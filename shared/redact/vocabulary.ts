/** Words of names that hold a credential, in the languages of configuration files. */
import { fold } from './fold'

/** Capitals of other scripts may look like other letters than the small ones do. */
const words = (list: string): readonly string[] => [
  ...new Set(
    [list, list.toUpperCase()].flatMap((each) =>
      fold(each)
        .toLowerCase()
        .trim()
        .split(/\s*[,\n]\s*/),
    ),
  ),
]

/** `api keys` beside `api key`. Of secrets only those that name no objects. */
const withPlurals = (phrases: readonly string[]): readonly string[] =>
  phrases.flatMap((phrase) =>
    /(?: key| token|^apikey|^authkey|^(?:client|consumer|jwt|cookie|session|webhook|chap|radius) secret)$/.test(phrase)
      ? [phrase, `${phrase}s`]
      : [phrase],
  )

/** Any value under these is a credential. Words of one name are separated by blanks. */
export const PASSWORD_WORDS = words(`
  password, passwords, passwd, passphrase, passcode, passwrd, pswd, passw, pass phrase, pass word, pass code, user pass, db pass
  passwds, passphrases, passcodes, kennwörter, kennwoerter, contraseñas, contrasenas, senhas, wachtwoorden, hasła, hasla, hesla
  mật khẩu, mat khau, mã pin, passwort, passwörter, kennwort, passwoerter, mot de passe, mots de passe, mdp, motdepasse
  contraseña, contrasena, clave de acceso, contrasenya, palavra passe, palavra chave, senha, parola d'ordine, parola, parolă
  wachtwoord, lösenord, losenord, adgangskode, passord, salasana, tunnussana, lykilorð, hasło, haslo, heslo, jelszó, geslo, lozinka
  fjalëkalim, slaptažodis, parole, parool, şifre, sifre, parol, kata sandi, kata laluan, sandi, nenosiri
  пароль, паролі, пароли, пароля, парола, лозинка, лозинкa, құпиясөз, κωδικός πρόσβασης, κωδικός, συνθηματικό
  סיסמה, סיסמא, كلمة المرور, كلمة السر, كلمه عبور, رمز عبور, گذرواژه, पासवर्ड, কূটশব্দ, পাসওয়ার্ড, கடவுச்சொல், รหัสผ่าน
  密码, 密碼, 口令, 通行码, パスワード, 暗証番号, パスフレーズ, 비밀번호, 암호, 패스워드
  requirepass, masterauth, rootpw, bindpw, adminpw, userpw, dbpw, keystorepass, storepass, keypass, truststorepass, pgpass, htpasswd
`)

/** The same, unless the value is a number, as in `max_token: 4096`. */
export const TOKEN_WORDS = withPlurals(
  words(`
  token, api key, apikey, access key, account key, encryption key, encrypt key, signing key, sign key, signature key, master key, shared key
  shared access key, session key, private key, secret access key, secret key base, client secret, client key data
  client certificate data, app key, application key, application secret, app secret, consumer key, consumer secret, auth key
  authkey, license key, licence key, unseal key, recovery key, root key, hmac key, jwt key, jwt secret, cookie secret
  session secret, webhook secret, shared secret, pre shared key, preshared key, psk, storage key, service key, deploy key
  subscription key, ssh key, server key, tls key, aes key, des key, kms key material, key material, security key, authentication key, integration key
  routing key secret, erlang cookie, access key secret, sas token, bearer token, x mcp auth, x auth key, refresh token, id token
  access token, api token, auth token, session token, deploy token, admin token, service token, chap secret, radius secret, symmetric key, gossip key, cluster secret, rpc secret, join token, bootstrap token
  токен, токены, ключи доступа, jetons, clés secrètes, clés privées, clés d'accès, clés api, claves secretas, claves privadas
  claves api, chaves secretas, chaves privadas, chaves de acesso, chaves api, klucze prywatne, klucze api
  ключ доступа, секретный ключ, закрытый ключ, приватный ключ, jeton, clé secrète, clé privée, clé d'accès, clé api, clave secreta, clave privada, clave api
  chave secreta, chave privada, chave de acesso, chave api, geheimschlüssel, zugangsschlüssel, api schlüssel, privater schlüssel
  khóa bí mật, khoá bí mật, khóa riêng, mã truy cập, mã thông báo, khóa api, klucz prywatny, klucz api, anahtar
  令牌, 密钥, 密鑰, 私钥, 私鑰, 秘钥, 访问密钥, トークン, 秘密鍵, アクセスキー, 秘密キー, シークレットキー, 토큰, 비밀키, 개인키, 액세스 키
`),
)

/** These also name objects, directories or headers, so the value must look generated. */
export const DOUBTFUL_WORDS = words(`
  secret, secrets, secret key, secret keys, secret id, secretid, credential, credentials, creds, auth, tokens, cookie, salt, encrypt, mnemonic, totp, dsn, connection string, connectionstring, kubeconfig
  bí mật, секрет, geheimnis, secreto, segredo, segreto, 秘密, シークレット, 시크릿, 凭据, 凭证, 憑證
`)

/** Like passwords if they end the name and the value is neither a path nor a number. */
export const SHORT_WORDS = words('pass, pwd, pwds, pw')

/** Short words that may follow another word without a separator: `dbpassword`, `apitoken`. */
export const GLUED_ENDS = words(
  'password, passwords, passwd, passwort, passphrase, kennwort, contrasena, wachtwoord, secret, secretid, token, apikey, apikeys, accesskey, accesskeys, secretkey, privatekey, privatekeys, matkhau, masterkey, accountkey, encryptionkey, encryptionkeys, signingkey, signingkeys, sessionkey, sharedkey, authkey, appkey, licensekey, secretaccesskey, clientkeydata, пароль',
)

/**
 * As the last word these describe or point to a credential but hold none: `secretName`, `tokenTTL`, `passwordPolicy`.
 */
export const DESCRIBING_ENDS = new Set(
  words(
    'name, names, namespace, namespaces, ref, refs, reference, references, selector, policy, policies, length, min, max, enabled, enable, disabled, create, created, expiration, expires, expire, expiry, expired, ttl, seconds, second, minutes, hours, days, duration, lifetime, age, period, interval, timeout, path, paths, file, files, filename, dir, directory, mount, mounts, volume, class, provider, providers, type, types, url, uri, urls, endpoint, endpoints, issuer, count, counts, total, size, sizes, limit, limits, usage, algorithm, alg, store, stores, backend, manager, rotation, rotate, version, versions, annotations, annotation, label, labels, optional, required, method, methods, mode, modes, id, ids, identifier, user, username, users, email, audience, audiences, scope, scopes, format, prefix, suffix, header, headers, field, fields, column, columns, property, properties, prompt, hint, host, port, request, requests, review, reviews, status, state, error, errors, message, description, title, comment, index, created at, updated, changed, generation, template, templates, config, controller, server, service, sync, operator, plugin, authenticator, validation, validator, strength, complexity, reset, change, recovery, authentication, location, source, info, fingerprint, kind, role, roles, group, groups, domain, realm, attempts, retries, per, cost, price, budget, rate, window, quota, bytes, chars, characters, lines, encoding, charset, hasher, usages, schema, entry, item, at, on, date, time, timestamp',
  ),
)

/** Anywhere in the name these mean that the value names a Secret or its key, is a count, or is a digest. */
export const NAMING_WORDS = new Set(
  words(
    'existing, pull, checksum, digest, sha, fingerprint, public, pub, continue, cursor, idempotency, next page, page token',
  ),
)

/** Additions after the telling word: `password2`, `token_value`, `db-password.txt`. */
export const TRAILING_WORDS = new Set(
  words(
    'value, val, plain, plaintext, text, txt, json, yaml, yml, conf, cfg, key, keys, pem, b64, base64, encoded, str, string, raw, new, old, current, previous, default, data, hash, hashed, hex, prod, dev, test, staging, primary, secondary',
  ),
)
