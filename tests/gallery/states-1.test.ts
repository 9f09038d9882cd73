import { checkStates } from './each-state.ts';

checkStates(0);
