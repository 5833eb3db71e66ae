import { defineFaults } from './fault.ts';

const say = (status: number, zh: string, en: string) => ({ status, text: { zh, en } });

/** Refusals of sign-in and of account administration. None of them tells a stranger whether a login exists. */
export const sessionFaults = defineFaults({
  'session.wrong': say(401, '用户名或口令不正确', 'The login or the password is not right'),
  'session.locked': say(
    403,
    '连续输错次数过多，账号已锁定，请 {minutes} 分钟后重试，或联系安全管理员解锁',
    'Too many failures: locked for {minutes} more minutes, or until the security administrator unlocks it',
  ),
  'session.code_required': say(401, '请输入动态口令（身份验证器上的 6 位数字）', 'Enter the 6 digits shown by your authenticator'),
  'session.code_wrong': say(401, '动态口令不正确或已用过，请等待下一个', 'The code is wrong or was used already; wait for the next one'),
  'session.disabled': say(403, '该账号已停用，请联系安全管理员', 'This account is disabled; ask the security administrator'),
  'session.one_time_expired': say(
    403,
    '一次性口令已过期，请联系安全管理员重置',
    'The one-time password has expired; ask the security administrator for a new one',
  ),
  'session.password_weak': say(422, '新口令不符合要求：{rules}', 'The new password is too weak: {rules}'),
  'session.password_reused': say(422, '新口令不得与最近 {count} 次使用过的口令相同', 'The new password was among the last {count} used'),
  'session.no_password': say(409, '该账号使用统一身份认证登录，没有本地口令', 'This account signs in elsewhere and has no password here'),
  'session.must_change': say(403, '请先修改口令', 'Please change your password first'),
  'session.must_enroll': say(403, '管理员账号须先绑定动态口令', 'Administrators must first set up the authenticator'),
  'session.totp_on': say(409, '已绑定动态口令，如需更换请先解除绑定', 'The authenticator is set up already; remove it first'),
  'session.totp_off': say(409, '尚未绑定动态口令', 'No authenticator is set up'),
  'session.key_missing': say(
    500,
    '无法读取动态口令密钥（密钥文件缺失或已更换），请联系系统管理员',
    'The authenticator secret cannot be read (the key file is missing or was replaced); tell the system administrator',
  ),
  'session.separation': say(
    422,
    '系统管理员、安全管理员、审计管理员须由不同人员担任，且不得兼任业务岗位：{roles}',
    'The three administrators must be different people, and none of them may hold a business post: {roles}',
  ),
  'session.not_oneself': say(
    403,
    '不能对本人的账号进行该操作，须由另一名安全管理员办理',
    'Another security administrator must do this for you',
  ),
  'session.two_needed': say(
    409,
    '管理员账号的口令、动态口令和统一身份须由两名安全管理员办理：一人申请，另一人确认',
    'For an administrator this takes two security administrators: one asks, another confirms',
  ),
  'session.other_needed': say(403, '须由申请人以外的另一名安全管理员确认', 'Another security administrator must confirm it'),
  'session.request_open': say(
    409,
    '该账号已有待确认的申请，请先确认或撤销',
    'A request for this account waits already; confirm or dismiss it',
  ),
  'session.request_unknown': say(
    404,
    '没有待确认的申请，或已过期（申请 {hours} 小时内有效）',
    'No request waits, or it has lapsed (good for {hours} hours)',
  ),
  'session.login_taken': say(409, '用户名“{login}”已被使用', 'The login {login} is taken'),
  'session.account_exists': say(409, '该人员已有账号', 'This person has an account already'),
  'session.account_unknown': say(404, '该人员没有账号', 'This person has no account'),
  'session.subject_taken': say(409, '该统一身份已绑定其他账号', 'This identity is linked to another account'),
  'session.oidc_off': say(404, '未启用统一身份认证', 'Single sign-on is not set up'),
  'session.oidc_failed': say(
    401,
    '统一身份认证未通过（{reason}），请重新登录；如仍失败请联系系统管理员',
    'Single sign-on failed ({reason}); try again, or tell the system administrator',
  ),
  'session.oidc_unknown': say(
    403,
    '统一身份认证已通过，但该身份尚未绑定本系统账号，请将标识 {subject} 告知安全管理员',
    'You are known to the identity provider but linked to no account here; give {subject} to the security administrator',
  ),
  'session.oidc_weak': say(
    403,
    '管理员须使用双因素认证：请在统一身份认证中启用，或改用口令加动态口令登录',
    'This account needs two factors: turn them on at the identity provider, or sign in with password and code',
  ),
});
