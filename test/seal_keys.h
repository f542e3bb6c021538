/* Keys as officers give them, made by gpg 2.2 and openssl 3.0 for tests; their secrets are nowhere.
 * Those of OpenPGP were made on 2026-01-02, the certificates on 2026-11-28 until 2046. */
#ifndef WRIT_TEST_SEAL_KEYS_H
#define WRIT_TEST_SEAL_KEYS_H

#define KEYS_NOW                                                                                   \
	(struct instant)                                                                           \
	{                                                                                          \
		1798761600                                                                         \
	} /* 2027-01-01 */

static const char key_age[] = "age10n7lt730qxa55gq9q55m05n7fc5cr8a7kn2n534t5yhc5c07r5xqea3mqp";

/* Ed25519 that certifies, Curve25519 for encryption, no end. */
static const char key_pgp[] = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n"
			      "\n"
			      "mDMEaVcKgBYJKwYBBAHaRw8BAQdAEh8RX8lpQ74E2/hkZGL6rBT73vitM/gu/cHv\n"
			      "IGD/eJO0Gmdvb2QgPGdvb2RAcG9saWNlLmV4YW1wbGU+iJAEExYIADgWIQSuALTQ\n"
			      "pSUhJgKSKWpED5yklW5EhAUCaVcKgAIbAQULCQgHAgYVCgkICwIEFgIDAQIeAQIX\n"
			      "gAAKCRBED5yklW5EhGq9AP4yRDqXkCujDRy5PIyComTArwMhMImLHJ4Lx1DD4bkd\n"
			      "owEA2JAGUOSFx4L/nJMQz9YZP8w3q3tyKd6PagLgCaLOrg64OARpWFwAEgorBgEE\n"
			      "AZdVAQUBAQdAXah+zE/SXVnEVZQ89w4T9wrXkXTaw9AkTuVnAaogGwYDAQgHiHgE\n"
			      "GBYIACAWIQSuALTQpSUhJgKSKWpED5yklW5EhAUCaVhcAAIbDAAKCRBED5yklW5E\n"
			      "hMfgAP0QmMDeoSWe4jvNyd4O3Rv5cSK+fFkLmiCur9iOawfaXgD/XYL8u0T4KM05\n"
			      "cRelT4g9z73hRlh8uFFjc4WVm8VJag8=\n"
			      "=zLtx\n"
			      "-----END PGP PUBLIC KEY BLOCK-----\n";

/* RSA of 2048 bits, five years. */
static const char key_pgp_rsa[] =
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n"
    "\n"
    "mQENBGlXCoABCADWwCY4TNaRJHmdWQ1LQkZ81M23YlKvAqpN+Gk0OMHANaPdrQ9d\n"
    "eF00tweOSLb0n6I4z4inltwh4NiuHPbp0apvmlLxY5Up3Bp6PxLhG3PEn2Mpxxdo\n"
    "mdcrJAPvK7J4o347nTl086Yc4ANf+aYB0EBt/b+MGfFhD+dzKuIGYYc79KK2/c9X\n"
    "178MoIW7ZeVECAbC9MBWlDfpRZTQwpN962zF1Hq9YyFkJZp7zTIE85f2MYCz0pk+\n"
    "eqc6LNsq5zods40pZViR/FDtEN8asGYBjQWCgaCi81Z3Z7Rzr7u5fmox1x2rXbxd\n"
    "p0ZZCN+odCW+6JsSQCw44xiCVhcNb65BPo6bABEBAAG0GHJzYSA8cnNhQHBvbGlj\n"
    "ZS5leGFtcGxlPokBVAQTAQoAPhYhBEfvj5tDVVWjbjVHR+vc+gnklvwJBQJpVwqA\n"
    "AhsBBQkJZgGABQsJCAcCBhUKCQgLAgQWAgMBAh4BAheAAAoJEOvc+gnklvwJSUgH\n"
    "/2Z0WCNf0MdImz3/gW03FjGAy/EH9Mn4BDRONNqzGBMKaBUxesu46xT7ALSimC+o\n"
    "2yWGbJKum+q62TYtyiRaUpsmVWdfd0Wj7sqJpuimQrrGEin9vM/Ga19qrK6fvs1e\n"
    "GSu5rU6gmqnjR/go9UZXP2Ekt2oqcDtl/S7VCzASgV98PcXrAqGjKBp9q2tXzSsE\n"
    "TfmIUDvTh9yyAzGxunLB/57ipUnLHaAeqlEDwngTPOesYTPxGiQhJefLk0dZQ00e\n"
    "yIyjIOdM2SlM2mJHpzKS0LYfw48kzQ+3qK9JkT5PgBwIPGn5MYPvr+1LbbMUgrKJ\n"
    "UsfAPfdy9f1bMLlYyBheJx25AQ0EaVhcAAEIANSRnoEP3hC2MfAs2I0Q4GxeSpKz\n"
    "8qUTXRwF6pqwRV44XOFKBM4PEYrwmthz2aAmSpCHaSezJjRL6OHBN8TzzROE/JFf\n"
    "pOghb4wERMhzb2gKz7cjqHwnCCN9rIJElzngXj2m7PzUdZwydFjiMKLqyuhbA22c\n"
    "3ak0IcffCRC5TsNbdtpIGN827Y16GbTAtaVFkymAKgBj5/hNQIMXcwNsJEeOJB31\n"
    "by5TrNnhHwOyehInoh5j72aYeukLIOmu/dbiBwQNlUL6HyfWD9hyQqWZvHbazmfz\n"
    "WhtkfKxXwf842zlGI4TmjRcwx/wChe9AuxFxEn6YRMbpVQPJlIzXGVSZSEcAEQEA\n"
    "AYkBPAQYAQoAJhYhBEfvj5tDVVWjbjVHR+vc+gnklvwJBQJpWFwAAhsMBQkJZgGA\n"
    "AAoJEOvc+gnklvwJh0sIAJYQBjA7ESJUPGkuE84s5ZfCbo8PJtVWm9cy7UfXeUY5\n"
    "TxFyluOZK+MBkaSw5I2ui0sBFtnjrL7CkZRfTeJoFBWmF5HAHucCvMYb60uIuEAI\n"
    "Rr13/GxE5RyF97eMmmd7zd7dbdnU7JWRO56N4mWzL12O9QcObGemTsade0YFTvbG\n"
    "/6uBadtXP/5ma4r9hBgAyKzOHVDsXjjjVylRQbvkYIpCKeauzWhhuZLKun31US2i\n"
    "1pukZsR0ssUcTsPYOPhC6daH5dI5Bx2A6o9oqhMh79kVM49T1OXgQiv05SxVQyFL\n"
    "xAkTAc6AZQeGeuhJMtZQKNL6ZzBn195OcOytz/XRDVg=\n"
    "=lDgH\n"
    "-----END PGP PUBLIC KEY BLOCK-----\n";

/* Expired after twenty days. */
static const char key_pgp_expired[] =
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n"
    "\n"
    "mDMEaVcKgBYJKwYBBAHaRw8BAQdAe/9ZKQIVFRSey8Bdisc9RHczOjX41LZdon4z\n"
    "daBombi0IGV4cGlyZWQgPGV4cGlyZWRAcG9saWNlLmV4YW1wbGU+iJYEExYIAD4W\n"
    "IQSrj+L2oKh6AG6QEFl6MYH0TRFe3gUCaVcKgAIbAQUJABpeAAULCQgHAgYVCgkI\n"
    "CwIEFgIDAQIeAQIXgAAKCRB6MYH0TRFe3pOVAQCaWLLs0y8wnTJ0GY6Gyc9ItABn\n"
    "RL0DG5YDp1xGcX6Y9AEA5F/bCGZGKBf4vR26GvzvU6FLrhE+3JQaZKeBxwZiEQG4\n"
    "OARpWFwAEgorBgEEAZdVAQUBAQdAJoqCqayD+0Sjgh4J/9yXFAMH8IRHLNsZTivG\n"
    "hoPajUYDAQgHiH4EGBYIACYWIQSrj+L2oKh6AG6QEFl6MYH0TRFe3gUCaVhcAAIb\n"
    "DAUJAA0vAAAKCRB6MYH0TRFe3pwnAQDNphypM86xLi9WzN8dbzY4wSETtRVzDYIH\n"
    "1yfOyrO+2QD9FqKO4HqoVBed+fvcKhYKRUY9BY2L7AUludZoMT1CAQg=\n"
    "=5ZNT\n"
    "-----END PGP PUBLIC KEY BLOCK-----\n";

/* The part for encryption alone is expired. */
static const char key_pgp_part_expired[] =
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n"
    "\n"
    "mDMEaVcKgBYJKwYBBAHaRw8BAQdAycabX4aqnj4dplgDjChwqoD+7Mchmju+D/Ax\n"
    "zhPxAcO0JnN1YmV4cGlyZWQgPHN1YmV4cGlyZWRAcG9saWNlLmV4YW1wbGU+iJAE\n"
    "ExYIADgWIQRoZjV78gFQz+fDbH+NpfgaaEYeDQUCaVcKgAIbAQULCQgHAgYVCgkI\n"
    "CwIEFgIDAQIeAQIXgAAKCRCNpfgaaEYeDYa6AP9g8G3i4dh9YPIC/7J6eqlDSQs9\n"
    "MLGHewVDyNrQZQmwdAEAkDp7OKwzTB+m2neHMMfXDUJQaS5gnmUE66kYPd9C7ga4\n"
    "OARpWFwAEgorBgEEAZdVAQUBAQdApniplKDg3wnxt62R47mIwV0suOUarf2fG8tT\n"
    "pNSc228DAQgHiH4EGBYIACYWIQRoZjV78gFQz+fDbH+NpfgaaEYeDQUCaVhcAAIb\n"
    "DAUJAA0vAAAKCRCNpfgaaEYeDV80AQDuT1YpK1XD6q/IhJshRLGazjM8FYtmrdgM\n"
    "TQGjGELcJgEA6epWc/TVp/RGo9X3E3iNe/GyJea9FbGfUa5/FfpvTw4=\n"
    "=6ZPz\n"
    "-----END PGP PUBLIC KEY BLOCK-----\n";

/* Only signs. */
static const char key_pgp_sign[] =
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n"
    "\n"
    "mDMEaVcKgBYJKwYBBAHaRw8BAQdAJM9NF+KLcNSwk5teat0uwYK96mFMmvbuFm19\n"
    "mOW7fMC0GnNpZ24gPHNpZ25AcG9saWNlLmV4YW1wbGU+iJAEExYIADgWIQRrHlk8\n"
    "zSdTW65eLp74Rg4hgdFLXQUCaVcKgAIbAQULCQgHAgYVCgkICwIEFgIDAQIeAQIX\n"
    "gAAKCRD4Rg4hgdFLXaaJAP94F3u+0UOrllk2ShlFV8IHY1bWx25+/D2Kj4Ahjl9Y\n"
    "RwD/V5eraT+Q58fTqm7gBfO0Hf2dQhAocExDv1RguNP6rw0=\n"
    "=c8QH\n"
    "-----END PGP PUBLIC KEY BLOCK-----\n";

/* Encrypts with RSA of 1024 bits. */
static const char key_pgp_weak[] =
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n"
    "\n"
    "mDMEaVcKgBYJKwYBBAHaRw8BAQdANQ+/YpH0AygOSddgXILRhA/tJEL4D0wVMOsZ\n"
    "C1dnUF60GndlYWsgPHdlYWtAcG9saWNlLmV4YW1wbGU+iJAEExYIADgWIQT0/Cko\n"
    "Jq+JCTZrm83YV8qdyMO0MwUCaVcKgAIbAQULCQgHAgYVCgkICwIEFgIDAQIeAQIX\n"
    "gAAKCRDYV8qdyMO0MxuTAPwOzEks1JVmPSNb2FILjdOOxsrjiy8Sfsuok51x/c0D\n"
    "aQEA88NJrFLiCwFfQ9jidUpp7/jG3kDN1RKtu9SAG4ES3we4jQRpWFwAAQQAys02\n"
    "fmWrz5hNo64W+8tczIoNJYn3glPv7uWawIA7HJ4Zr5BgqrnUybu/pi/uh55UmrLL\n"
    "8/0gWUihwf7WcKEc1rMiVCXX+CKFgsf3lwblnfoM6j7VG+RhvLXMlsPl/yCpdOTK\n"
    "j32KCoHwGNoW1+MpBnzJht3GWBq2/gzsHGxKEfkAEQEAAYh4BBgWCAAgFiEE9Pwp\n"
    "KCaviQk2a5vN2FfKncjDtDMFAmlYXAACGwwACgkQ2FfKncjDtDOhxQEAjHcjYbeM\n"
    "SfLx52fknlP3bKmk3BQ11pu9vQeQclmwo64A/RNpr8o2ZMcFJgLz+GceleiNh9xs\n"
    "ogYqQiXqk3BtCTsE\n"
    "=r4th\n"
    "-----END PGP PUBLIC KEY BLOCK-----\n";

/* Revoked by its owner. */
static const char key_pgp_revoked[] =
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n"
    "\n"
    "mDMEaVcKgBYJKwYBBAHaRw8BAQdAzFK3S9m0dx7qTRx7FtsaQkw/6OaktkXOqgWI\n"
    "tTYGUgqIeAQgFggAIBYhBDLlLbVCX7iNB+2vmZTWNspHcazTBQJpVwqAAh0AAAoJ\n"
    "EJTWNspHcazT5fkBAI5Y8/1wTs1NcpMoNqOZiu2sAD3ucFNt/iWm2f/g+hWdAP9G\n"
    "oM+LLQLUN+ovHHRIzjWKOR+BqAaKlzOVF4XZoipZC7QgcmV2b2tlZCA8cmV2b2tl\n"
    "ZEBwb2xpY2UuZXhhbXBsZT6IkAQTFggAOBYhBDLlLbVCX7iNB+2vmZTWNspHcazT\n"
    "BQJpVwqAAhsBBQsJCAcCBhUKCQgLAgQWAgMBAh4BAheAAAoJEJTWNspHcazT1UEA\n"
    "/1o5Go+R3QcVtwBh5H9lo1LGqxh+Tr6F2FlZC+0ob28GAQCZXnDTCMgirm72R7Vq\n"
    "AGPQQloUEv4hi399yFdtYu0ABbg4BGlYXAASCisGAQQBl1UBBQEBB0B3WfxaQo1R\n"
    "+Io7h/iiG7G0/meAlBcNPC2K4wV36DxSEQMBCAeIeAQYFggAIBYhBDLlLbVCX7iN\n"
    "B+2vmZTWNspHcazTBQJpWFwAAhsMAAoJEJTWNspHcazTujUBAIZjJoaCFCgBr8jj\n"
    "ALKlEjr3GaoS4heUnt1p1JIcOJPiAP9hiJjGv0iptXE57a8nm1ozxucXKFdQKh5Y\n"
    "USj4GGAFBQ==\n"
    "=LaY+\n"
    "-----END PGP PUBLIC KEY BLOCK-----\n";

/* The secret one. */
static const char key_pgp_secret[] =
    "-----BEGIN PGP PRIVATE KEY BLOCK-----\n"
    "\n"
    "lFgEaVcKgBYJKwYBBAHaRw8BAQdAEh8RX8lpQ74E2/hkZGL6rBT73vitM/gu/cHv\n"
    "IGD/eJMAAQDnZ9g9/9HlKfpsNZXhIcSqXL8OZoc50ySigPPVVAJ4SxErtBpnb29k\n"
    "IDxnb29kQHBvbGljZS5leGFtcGxlPoiQBBMWCAA4FiEErgC00KUlISYCkilqRA+c\n"
    "pJVuRIQFAmlXCoACGwEFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQRA+cpJVu\n"
    "RIRqvQD+MkQ6l5Arow0cuTyMgqJkwK8DITCJixyeC8dQw+G5HaMBANiQBlDkhceC\n"
    "/5yTEM/WGT/MN6t7cinej2oC4Amizq4OnF0EaVhcABIKKwYBBAGXVQEFAQEHQF2o\n"
    "fsxP0l1ZxFWUPPcOE/cK15F02sPQJE7lZwGqIBsGAwEIBwAA/2mXqtB6ZBWAEK/+\n"
    "xQk8R2gbccBKY3yyKU+83rPi14iAEQ+IeAQYFggAIBYhBK4AtNClJSEmApIpakQP\n"
    "nKSVbkSEBQJpWFwAAhsMAAoJEEQPnKSVbkSEx+AA/RCYwN6hJZ7iO83J3g7dG/lx\n"
    "Ir58WQuaIK6v2I5rB9peAP9dgvy7RPgozTlxF6VPiD3PveFGWHy4UWNzhZWbxUlq\n"
    "Dw==\n"
    "=ZUu5\n"
    "-----END PGP PRIVATE KEY BLOCK-----\n";

/* P-256, for key agreement. */
static const char key_cert[] = "-----BEGIN CERTIFICATE-----\n"
			       "MIIBiTCCAS+gAwIBAgIUQTQKXWCkHkgDqK3HnbBSCvEIOS0wCgYIKoZIzj0EAwIw\n"
			       "EjEQMA4GA1UEAwwHb2ZmaWNlcjAeFw0yNjExMjgwMTI0MzdaFw00NjAxMjcwMTI0\n"
			       "MzdaMBIxEDAOBgNVBAMMB29mZmljZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC\n"
			       "AASJNf8vXmQDOqcij8O2uZpMDS1eipGd3tEuw6yg3a+otKZITV1HO76Yr4ECvKej\n"
			       "Lb/c5z+Q1XChYe4loL431SVyo2MwYTAdBgNVHQ4EFgQUDB8ukFYw0VjRW63OQkFN\n"
			       "w7tjWUEwHwYDVR0jBBgwFoAUDB8ukFYw0VjRW63OQkFNw7tjWUEwDwYDVR0TAQH/\n"
			       "BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAwgwCgYIKoZIzj0EAwIDSAAwRQIhAMK5/IRm\n"
			       "FgR79P/lfDWigq6NLrZ0RLN6cAsoUjOdUJmIAiArljZpSzF3wH4RFUeWKyODvRCN\n"
			       "EySrTPlyMpu6YQsQhA==\n"
			       "-----END CERTIFICATE-----\n";

/* RSA of 1024 bits. */
static const char key_cert_weak[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIICADCCAWmgAwIBAgIUPgRd9HiplwdxTDsTVnYhuqwRUGwwDQYJKoZIhvcNAQEL\n"
    "BQAwEjEQMA4GA1UEAwwHb2ZmaWNlcjAeFw0yNjExMjgwMTI0MzdaFw00NjAxMjcw\n"
    "MTI0MzdaMBIxEDAOBgNVBAMMB29mZmljZXIwgZ8wDQYJKoZIhvcNAQEBBQADgY0A\n"
    "MIGJAoGBANLqeN5TYN4dlDm8F5eRiycOAFxV+maeu2s432gbQIrS/5Kma+TGknBk\n"
    "HgiU5IcAV7oynr8uMWQrNzUVdEXk0ey9rcLltKR6hhUOgJqHYU1KSF4S4EN3HSaI\n"
    "UjmgfGRvTv9d2de/fSXKopaIPLWvEIFcPHJ/n+kpFjfnwW8//jgpAgMBAAGjUzBR\n"
    "MB0GA1UdDgQWBBQmToafR5kFqKhAOmDkLfGKXT5LUzAfBgNVHSMEGDAWgBQmToaf\n"
    "R5kFqKhAOmDkLfGKXT5LUzAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUA\n"
    "A4GBAKmPuzLazp/RDw2pOMWbmHLAvFEgUcwosqhjoSSdHXMteWnBDFXpIFHqf14x\n"
    "FVJYh4amUPn2SlwoqD7uaZk+75Goy3lAs/5KsI/a9cvtkSOgQATTIusC+11U3B8O\n"
    "RalJ5AbWtxCtvt9wKI5F2sm6xeQCRgzBi6Zdeam+toy5eGwv\n"
    "-----END CERTIFICATE-----\n";

/* RSA of 2048 bits, for signatures alone. */
static const char key_cert_sign[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIDFTCCAf2gAwIBAgIULVqq/6qItkvtdQJDsDIrTUl9ofswDQYJKoZIhvcNAQEL\n"
    "BQAwEjEQMA4GA1UEAwwHb2ZmaWNlcjAeFw0yNjExMjgwMTI0MzlaFw00NjAxMjcw\n"
    "MTI0MzlaMBIxEDAOBgNVBAMMB29mZmljZXIwggEiMA0GCSqGSIb3DQEBAQUAA4IB\n"
    "DwAwggEKAoIBAQC+tEsyuuCuBNWWg+URt8h4IQSLJh4a6+dXBRBD0WbrudrTiOem\n"
    "JkadLCUESL4nMG+5IVDQ/4v60fYRCVvxkW+iIiR1FOBxvrwZY8sTDMNF4KD4qXEv\n"
    "jpb9oM4kMhIt7YGbr/LpYnD1xUh2OMnD9UxFu93dSlOlOE6TGQTq4g0pLRyrSlez\n"
    "oQF/K1/bBz+tbDdqhVRMKPuLQ8y952paA7D5Iu4dCu1xO7rfh42ZzssGKDWVgfLj\n"
    "IuTHeyvhDevW6q3uMW0PgNxyu0/BI3bud4ywrVNFCZ+8HZDxZ0IYK98GmafQx/6U\n"
    "qPxgUIEGU3Js19/gTNO5YD0vXfGir2REAsIpAgMBAAGjYzBhMB0GA1UdDgQWBBSw\n"
    "fpHrwFstzMmhBG521GH2yG891DAfBgNVHSMEGDAWgBSwfpHrwFstzMmhBG521GH2\n"
    "yG891DAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIHgDANBgkqhkiG9w0B\n"
    "AQsFAAOCAQEAkUjy30a1YI9Omq5A1EO3MfH2ZJGHxj4sQj9QnrZwUsdkw+JnXPks\n"
    "5NgIIXbSvI8zcWXU3BZqBMLGu8m7tre9R5ryCeOFR4BRwZqKKN3zl9r6m8ZJFRED\n"
    "ixJLWIOagCAWf51ANLrCElurjRCgjGCA20D9f4f45+leBLsLHUhGl8Kg6hffSkF4\n"
    "StjezThWIHzSfKFk01rt4gdht2gKrAoulRWdOFvC4+lM+eRP3NCKWOawjZNeegCx\n"
    "21YjMzkw9VXMMrPOiEBHgMzkPh7OU1woVyl78nbclF0CzPRl+47bFGTkz6TG46wB\n"
    "waO0DtstZYXFnJ6YB7c+2LNTKwbD108Fng==\n"
    "-----END CERTIFICATE-----\n";

/* Ed25519: nothing can be sealed to it. */
static const char key_cert_ed[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBODCB66ADAgECAhRTW70417tYoy1Vv+gOxQ6HpwvsmDAFBgMrZXAwEjEQMA4G\n"
    "A1UEAwwHb2ZmaWNlcjAeFw0yNjExMjgwMTI0MzlaFw00NjAxMjcwMTI0MzlaMBIx\n"
    "EDAOBgNVBAMMB29mZmljZXIwKjAFBgMrZXADIQC3ppsX1lzt4k6UluBdO0HwJGlA\n"
    "cwmL7xiy52wwl2TSFKNTMFEwHQYDVR0OBBYEFHMsnlpooSNBXtKVTsVji++kM2dl\n"
    "MB8GA1UdIwQYMBaAFHMsnlpooSNBXtKVTsVji++kM2dlMA8GA1UdEwEB/wQFMAMB\n"
    "Af8wBQYDK2VwA0EAcJpF2kwwGFQVjHed9lZL/pa0NzLJrt/U7QjunEDzLLzC3HUh\n"
    "xa8o+gIjiPTfAMhqCzh90CFb2+O1EtMhH7AhDw==\n"
    "-----END CERTIFICATE-----\n";

#define KEY_PGP_PRINT "AE00B4D0A52521260292296A440F9CA4956E4484"
#define KEY_CERT_PRINT "68d7f42174431e473d7c68218737182761c408c0e1759f069769d7004e5f57e1"

#endif
