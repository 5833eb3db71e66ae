import { defineFaults } from './fault.ts';

const say = (status: number, zh: string, en: string) => ({ status, text: { zh, en } });

/** Faults that any endpoint may answer. Codes are part of the API: never renamed, only added. */
export const kernelFaults = defineFaults({
  'input.invalid': say(422, '填写的内容有 {count} 处需要修改', '{count} fields need correction'),
  'input.malformed': say(400, '请求格式不正确', 'The request is malformed'),
  'input.not_json': say(400, '请求内容不是有效的 JSON', 'The request body is not valid JSON'),
  'input.too_large': say(413, '内容过大，上限为 {limit}', 'Too large; the limit is {limit}'),
  'input.type': say(415, '不支持该内容类型，请使用 {accepted}', 'Unsupported content type; use {accepted}'),
  'auth.required': say(401, '请先登录', 'Please sign in first'),
  'auth.expired': say(401, '登录已过期，请重新登录', 'Your sign-in has expired; please sign in again'),
  'auth.csrf': say(403, '请求来源不可信，已拒绝', 'The origin of the request is not trusted; refused'),
  'auth.forbidden': say(
    403,
    '您没有“{permission}”的权限，如需办理请联系本单位安全管理员',
    'You may not {permission}; ask the security administrator of your unit',
  ),
  'record.not_found': say(404, '未找到该记录，或您无权查看', 'No such record, or you may not see it'),
  'record.conflict': say(
    409,
    '该记录刚被他人办理过，请查看最新情况后再办',
    'Somebody has just acted on this record; look at it again before acting',
  ),
  'record.duplicate': say(409, '该编号或该内容已经存在，请刷新后查看', 'This id or content exists already; look again'),
  'request.reused': say(409, '同一请求编号已用于另一事项', 'This request id was already used for something else'),
  'workflow.not_allowed': say(409, '当前状态为“{state}”，不能办理“{action}”', '{action} is not possible in state {state}'),
  'workflow.not_holder': say(403, '该事项当前由 {holder} 办理', 'This matter is held by {holder}'),
  'workflow.same_person': say(403, '您已办理过“{action}”，须由另一人办理本步骤', 'You did {action}; another person must do this step'),
  'workflow.not_signer': say(403, '您不在会签人员之列，或已签署', 'You are not among the signers, or have signed already'),
  'workflow.consult_open': say(409, '加签意见尚未反馈：{people}', 'Consulted persons have not answered yet: {people}'),
  'workflow.cannot_return': say(409, '没有可退回的步骤', 'There is no step to return to'),
  'workflow.cannot_withdraw': say(409, '下一步已有人办理，不能撤回', 'The next person has already acted; it can no longer be withdrawn'),
  'workflow.urged_recently': say(429, '{minutes} 分钟内已催办过，请稍后再催', 'Already urged within {minutes} minutes; please wait'),
  'workflow.out_of_reach': say(
    422,
    '只能转办给管辖该事项所在区域的人员（企业人员只能转给本企业人员）：{people}',
    'Hand over only to people whose post reaches the place of the matter (an enterprise: to its own people): {people}',
  ),
  'workflow.no_owner': say(422, '未找到可接收该事项的人员：{who}', 'Nobody could be found to receive this matter: {who}'),
  'person.unknown': say(422, '没有这个人员，或其已停用', 'No such person, or no longer active'),
  'file.missing': say(422, '附件尚未上传或已失效：{file}', 'The file has not been uploaded or is no longer valid: {file}'),
  'rate.limited': say(429, '操作过于频繁，请在 {seconds} 秒后重试', 'Too many requests; try again in {seconds} seconds'),
  'route.unknown': say(404, '没有这个接口：{path}', 'No such endpoint: {path}'),
  'server.busy': say(503, '系统繁忙，请稍后重试，您的内容未丢失', 'The system is busy; please try again, nothing was lost'),
  'server.database': say(503, '数据库暂时不可用，请稍后重试', 'The database is not available at the moment; please try again'),
  'server.timeout': say(503, '处理超时，请稍后重试', 'This took too long; please try again'),
  'server.error': say(500, '系统内部错误，请将编号 {request} 告知管理员', 'Internal error; quote {request} to the administrator'),
});
