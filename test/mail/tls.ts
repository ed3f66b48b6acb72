/**
 * A self-signed certificate for localhost, 127.0.0.1 and ::1, for the test servers alone, valid until 2046.
 * THE KEY IS PUBLIC: it is a test key, it protects nothing and must never be used for anything real.
 */
export const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtYyG1fQm30eIhm3g
TvRYtPT0VBck3Ie4agnQGUEIWnGhRANCAARKzEIWRnltqSqH9WXt893ljnavJxer
mW8sW9WX6XlQ5M+NWIH+FvNhsiWm+EwnvFN2musPNy2svczhzQyL2G3s
-----END PRIVATE KEY-----
`;

export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBtzCCAV2gAwIBAgIBATAKBggqhkjOPQQDAjA0MTIwMAYDVQQDDClGb2xsb3d0
aHJvdWdoIHRlc3QgY2VydGlmaWNhdGUgbm90IHNlY3JldDAeFw0yMDAxMDEwMDAw
MDBaFw00NjAxMDEwMDAwMDBaMDQxMjAwBgNVBAMMKUZvbGxvd3Rocm91Z2ggdGVz
dCBjZXJ0aWZpY2F0ZSBub3Qgc2VjcmV0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD
QgAESsxCFkZ5bakqh/Vl7fPd5Y52rycXq5lvLFvVl+l5UOTPjViB/hbzYbIlpvhM
J7xTdprrDzctrL3M4c0Mi9ht7KNgMF4wDwYDVR0TAQH/BAUwAwEB/zAsBgNVHREE
JTAjgglsb2NhbGhvc3SHBH8AAAGHEAAAAAAAAAAAAAAAAAAAAAEwHQYDVR0OBBYE
FNHOj4/cdRMgcQ+nnMdbVga3EL0uMAoGCCqGSM49BAMCA0gAMEUCIBngDV0Ev2Zk
YD1RH6uJO8YqDBFiwINsaAznj/7KU85DAiEAviWpmapPij465CYf40rYiqE6aFDu
7wth9bfyUPgfZoo=
-----END CERTIFICATE-----
`;
