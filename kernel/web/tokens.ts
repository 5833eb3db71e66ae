import type { ThemeConfig } from 'antd';

const fonts =
  "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC','Noto Sans SC Variable','Noto Sans SC',system-ui,sans-serif";

const shared: ThemeConfig['token'] = {
  fontFamily: fonts,
  fontFamilyCode: `ui-monospace,'SFMono-Regular',Consolas,'Liberation Mono',${fonts}`,
  fontSize: 14,
  lineHeight: 1.57,
  borderRadius: 6,
  sizeUnit: 4,
  sizeStep: 4,
  motionDurationMid: '0.15s',
  motionDurationSlow: '0.15s',
  boxShadowTertiary: 'none',
};

const noShadow = { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' };

/**
 * Level colours are not among these: red, orange, yellow and blue of the levels mean a level and nothing else, so the error
 * colour is a crimson and the warning colour an umber that no level uses.
 */
export const lightTokens: ThemeConfig = {
  token: {
    ...shared,
    colorPrimary: '#1559b3',
    colorLink: '#1559b3',
    colorLinkHover: '#0f4488',
    colorLinkActive: '#0f4488',
    colorInfo: '#1559b3',
    colorSuccess: '#2b8a3e',
    colorError: '#a8123f',
    colorWarning: '#6b5416',
    colorBgLayout: '#f5f6f8',
    colorText: '#1c2430',
    colorTextSecondary: '#4b5563',
    colorTextTertiary: '#5b6472',
    colorTextDescription: '#5b6472',
    colorTextPlaceholder: '#6b7280',
    colorTextDisabled: '#6b7280',
    colorBorder: '#c9ced6',
    colorBorderSecondary: '#e4e7ec',
  },
  components: {
    Button: noShadow,
    Menu: { itemHeight: 36, itemBorderRadius: 6 },
    Table: { headerBg: '#f5f6f8', cellPaddingBlockSM: 9 },
    Tabs: { horizontalItemPadding: '10px 0' },
  },
};

/** antd's dark algorithm shifts seed colours below 4.5:1; the component tokens put the measured ones back. */
export const darkTokens: ThemeConfig = {
  token: {
    ...shared,
    colorPrimary: '#4a9be8',
    colorLink: '#7db8f2',
    colorLinkHover: '#a9d1f8',
    colorLinkActive: '#a9d1f8',
    colorInfo: '#4a9be8',
    colorSuccess: '#56b96b',
    colorError: '#f0668c',
    colorErrorText: '#ff9db5',
    colorWarning: '#c9a95a',
    colorBgLayout: '#101418',
    colorBgContainer: '#181d23',
    colorBgElevated: '#20262e',
    colorText: 'rgba(255,255,255,.9)',
    colorTextSecondary: 'rgba(255,255,255,.68)',
    colorTextTertiary: 'rgba(255,255,255,.62)',
    colorTextDescription: 'rgba(255,255,255,.62)',
    colorTextPlaceholder: 'rgba(255,255,255,.55)',
    colorTextDisabled: 'rgba(255,255,255,.5)',
    colorBorder: '#3d4650',
    colorBorderSecondary: '#2b323a',
  },
  components: {
    Button: {
      ...noShadow,
      colorPrimary: '#1f6fbf',
      colorPrimaryHover: '#2a7ed0',
      colorPrimaryActive: '#1a60a6',
      colorError: '#ff9db5',
      defaultHoverColor: '#9ccbfa',
      defaultHoverBorderColor: '#4a9be8',
      defaultActiveColor: '#9ccbfa',
    },
    Menu: { itemHeight: 36, itemBorderRadius: 6, itemSelectedColor: '#9ccbfa', itemSelectedBg: '#1f3347' },
    Table: { headerBg: '#1d232a', cellPaddingBlockSM: 9 },
    Tabs: { horizontalItemPadding: '10px 0', itemSelectedColor: '#9ccbfa', inkBarColor: '#4a9be8' },
    Segmented: { itemSelectedBg: '#2d3743' },
  },
};
