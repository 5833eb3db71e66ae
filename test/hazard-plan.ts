const dayMs = 86_400_000;

/** A plan (治理方案) for a major hazard, within the usual 15 days. */
export const hazardPlan = () => ({
  planDuty: '项目经理总负责，安全员具体落实',
  planMeasures: '停止施工，加固支护，逐段验收',
  planFunds: 30,
  planUntil: new Date(Date.now() + 10 * dayMs).toISOString(),
  planEmergency: '设置警戒，昼夜监测，超限立即撤人',
});
