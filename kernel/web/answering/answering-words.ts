import type { Text } from '../../text.ts';

/** Words of a form that is being filled in. */
export const words = {
  pass: { zh: '合格', en: 'Pass' },
  fail: { zh: '不合格', en: 'Fail' },
  na: { zh: '不适用', en: 'Not applicable' },
  photo: { zh: '现场拍照', en: 'Photos taken on site' },
  place: { zh: '现场定位', en: 'The position on site' },
  signature: { zh: '现场手写签名', en: 'A signature by hand on site' },
  required: { zh: '必填', en: 'required' },
  worth: { zh: '{n} 分', en: '{n} points' },
  veto: { zh: '一票否决', en: 'fails the whole form' },
  photos: { zh: '须拍摄至少 {n} 张照片', en: 'at least {n} photos are needed' },
  finding: { zh: '将建议上报隐患：{text}', en: 'Will propose to report: {text}' },
  score: { zh: '得分 {score} / {max}', en: 'Score {score} / {max}' },
  percent: { zh: '折合 {percent} 分', en: '{percent} out of 100' },
  vetoed: { zh: '一票否决：{n} 项', en: 'Failed outright by {n}' },
} as const satisfies Record<string, Text>;
