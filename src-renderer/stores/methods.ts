// The methods the app offers, made from their declarations: those that choose items, and those that
// make tiny sets.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { MethodInfo } from '@api/dto/methods.ts'
import { useConnection } from './connection.ts'

/** Methods by id; they never change while the app runs. */
export const useMethods = defineStore('methods', () => {
  const connection = useConnection()
  const all = shallowRef<readonly MethodInfo[]>([])
  /** Methods that choose items. */
  const methods = computed(() => all.value.filter(({ family }) => family === 'selection'))
  const isLoaded = ref(false)
  let loading: Promise<void> | undefined

  /** Loads the list once; later calls wait for the same answer. */
  function load(): Promise<void> {
    loading ??= connection.call('methods.list', {}).then(
      (answer) => {
        all.value = answer.methods
        isLoaded.value = true
      },
      (problem: unknown) => {
        loading = undefined
        throw problem
      }
    )
    return loading
  }
  function find(id: string): MethodInfo | undefined {
    return all.value.find((method) => method.id === id)
  }
  return { methods, isLoaded, load, find }
})
