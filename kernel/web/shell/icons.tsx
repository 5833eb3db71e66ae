import {
  AlertOutlined,
  ApartmentOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BellOutlined,
  CalendarOutlined,
  CarryOutOutlined,
  ExperimentOutlined,
  FileDoneOutlined,
  FormOutlined,
  GlobalOutlined,
  IdcardOutlined,
  InboxOutlined,
  KeyOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  SolutionOutlined,
  SwapOutlined,
  TeamOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';

/** Named one by one: looking icons up by name would bring all eight hundred along. */
const icons: Record<string, ComponentType> = {
  inbox: InboxOutlined,
  notice: BellOutlined,
  map: GlobalOutlined,
  stats: BarChartOutlined,
  hazard: WarningOutlined,
  site: BankOutlined,
  duty: SolutionOutlined,
  unit: ApartmentOutlined,
  people: TeamOutlined,
  committee: SafetyCertificateOutlined,
  rota: CalendarOutlined,
  swap: SwapOutlined,
  account: KeyOutlined,
  ledger: AuditOutlined,
  form: FormOutlined,
  delegation: IdcardOutlined,
  record: FileDoneOutlined,
  risk: AlertOutlined,
  check: CarryOutOutlined,
  installation: ExperimentOutlined,
};

export function Icon({ name }: { name: string }) {
  const Found = icons[name] ?? SettingOutlined;
  return <Found />;
}
