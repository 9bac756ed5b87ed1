/** How to reach a PostgreSQL database. */
export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** `verify-full`: encrypted, and the server proves its name; `require`: encrypted; `disable`: in clear. */
  readonly tls: 'disable' | 'require' | 'verify-full';
  /** PEM file of the authority that signed the server's certificate; `null`: those that Node knows. */
  readonly tlsAuthorityPath: string | null;
}
