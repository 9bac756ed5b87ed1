/** Version of the LightGBM library that the set-up provides. */
export const lightgbmVersion = '4.7.0';
