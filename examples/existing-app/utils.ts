import { createDefine } from "fresh";

export interface State {
  shop: string;
}

export const define = createDefine<State>();
