import type { Form } from './form.ts';

/** A text drawn up in Chinese only. */
export const zh = (words: string) => ({ zh: words, en: '' });

/** A small check of a restaurant that uses gas: every kind of rule once. */
export const sampleForm: Form = {
  id: 'gas-restaurant',
  version: 1,
  title: zh('餐饮场所燃气安全检查'),
  sections: [
    {
      key: 'basic',
      title: zh('基本情况'),
      items: [
        {
          key: 'fuel',
          kind: 'choice',
          label: zh('使用何种燃气'),
          required: true,
          options: [
            { value: 'pipe', label: zh('管道天然气') },
            { value: 'bottle', label: zh('瓶装液化气') },
            { value: 'none', label: zh('不用燃气') },
          ],
        },
        {
          key: 'bottles',
          kind: 'number',
          label: zh('钢瓶数量'),
          unit: zh('只'),
          min: 0,
          max: 200,
          decimals: 0,
          required: true,
          when: { item: 'fuel', is: 'bottle' },
        },
      ],
    },
    {
      key: 'gas',
      title: zh('燃气设施'),
      weight: 3,
      when: { not: { item: 'fuel', is: 'none' } },
      items: [
        {
          key: 'alarm',
          kind: 'yesno',
          label: zh('安装可燃气体报警装置并正常使用'),
          required: true,
          clause: '《中华人民共和国安全生产法》第三十六条第四款',
          score: { full: 10, veto: ['fail'] },
          mustPhoto: { when: ['fail'], min: 2 },
          finding: { when: ['fail'], text: zh('餐饮场所未安装可燃气体报警装置'), grade: 'general' },
        },
        { key: 'hose', kind: 'yesno', label: zh('连接软管未超期、无老化'), required: true, score: { full: 5 } },
        { key: 'room', kind: 'yesno', label: zh('钢瓶存放于专用气瓶间'), when: { item: 'bottles', gt: 1 }, score: { full: 5 } },
      ],
    },
    {
      key: 'people',
      title: zh('人员'),
      weight: 1,
      items: [
        {
          key: 'drills',
          kind: 'number',
          label: zh('本年演练次数'),
          score: {
            full: 4,
            bands: [
              { max: 1, points: 0 },
              { min: 1, max: 2, points: 2 },
              { min: 2, points: 4 },
            ],
          },
        },
        {
          key: 'trained',
          kind: 'choice',
          multiple: true,
          label: zh('已培训内容'),
          options: [
            { value: 'fire', label: zh('灭火') },
            { value: 'leak', label: zh('泄漏处置') },
          ],
          score: { full: 3, points: { fire: 1, leak: 2 } },
        },
        { key: 'day', kind: 'date', label: zh('上次培训日期'), max: '2026-12-31' },
        { key: 'sign', kind: 'signature', label: zh('现场负责人签名'), required: true },
      ],
    },
  ],
};
