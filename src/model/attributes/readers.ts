import { readNoAccess, readOnlyFrom } from './access-list.ts';
import { readAccessTimes } from './access-times.ts';
import type { ValueReader } from './assignment.ts';
import { readEnv, readPassenv } from './environment.ts';
import { readDisabled, readEnabled } from './id-lists.ts';
import {
  readDisable,
  readFlags,
  readGroups,
  readLogOnFailure,
  readLogOnSuccess,
  readSocketType,
  readType,
  readV6only,
  readWait,
} from './keywords.ts';
import {
  readCps,
  readDenyTime,
  readInstances,
  readMaxLoad,
  readNice,
  readPerSource,
  readRlimitAs,
  readRlimitCpu,
  readRlimitData,
  readRlimitFiles,
  readRlimitRss,
  readRlimitStack,
  readUmask,
} from './limits.ts';
import { readLogType } from './log-type.ts';
import { readGroup, readServer, readServerArgs, readUser, wordReader } from './program.ts';
import { readRpcNumber, readRpcVersion } from './rpc.ts';
import { readBind, readPort, readProtocol, readRedirect } from './socket.ts';

/** The reader of each attribute of the catalogue. */
export const valueReaders: Readonly<Record<string, ValueReader>> = {
  access_times: readAccessTimes,
  banner: wordReader('banner'),
  banner_fail: wordReader('bannerFail'),
  banner_success: wordReader('bannerSuccess'),
  bind: readBind,
  cps: readCps,
  deny_time: readDenyTime,
  disable: readDisable,
  disabled: readDisabled,
  enabled: readEnabled,
  env: readEnv,
  flags: readFlags,
  group: readGroup,
  groups: readGroups,
  id: wordReader('id'),
  instances: readInstances,
  libwrap: wordReader('libwrap'),
  log_on_failure: readLogOnFailure,
  log_on_success: readLogOnSuccess,
  log_type: readLogType,
  max_load: readMaxLoad,
  nice: readNice,
  no_access: readNoAccess,
  only_from: readOnlyFrom,
  passenv: readPassenv,
  per_source: readPerSource,
  port: readPort,
  protocol: readProtocol,
  redirect: readRedirect,
  rlimit_as: readRlimitAs,
  rlimit_cpu: readRlimitCpu,
  rlimit_data: readRlimitData,
  rlimit_files: readRlimitFiles,
  rlimit_rss: readRlimitRss,
  rlimit_stack: readRlimitStack,
  rpc_number: readRpcNumber,
  rpc_version: readRpcVersion,
  server: readServer,
  server_args: readServerArgs,
  socket_type: readSocketType,
  type: readType,
  umask: readUmask,
  user: readUser,
  v6only: readV6only,
  wait: readWait,
};
