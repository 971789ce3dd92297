/** What a conversion asks about the system that runs the result: the services, rpc and passwd tables. */
export interface KnownNames {
  /** Port of a service, as getservbyname. */
  servicePort(name: string, protocol: string): number | undefined;
  /** Program number of an RPC program. */
  rpcNumber(name: string): number | undefined;
  isUser(name: string): boolean;
}
