// antd's type files speak CommonJS while its es/ files are modules: said once here, so that the default import means the locale.
declare module 'antd/es/locale/zh_CN.js' {
  const locale: NonNullable<import('antd').ConfigProviderProps['locale']>;
  export default locale;
}
declare module 'antd/es/locale/en_US.js' {
  const locale: NonNullable<import('antd').ConfigProviderProps['locale']>;
  export default locale;
}
