/** For which pipelines there are files to begin with. */
export const pipelines = ['github', 'gitlab', 'shell', 'none'] as const;

export type Ci = (typeof pipelines)[number];
