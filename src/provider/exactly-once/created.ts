/** An invocation that is ours now. */
export interface Created {
  id: string;
  /** It was there before, and somebody else may have started it. */
  adopted?: true;
}
