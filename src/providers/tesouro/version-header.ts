/** The version of the API that every request asks for, in `X-Finops-Version`. */
export const finopsVersion = '2025-06-23';
